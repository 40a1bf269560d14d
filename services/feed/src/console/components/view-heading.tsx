import { useEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';

/** The heading of a view takes the focus when the view opens: the link that led here may be gone, and a screen reader reads it. */
export function ViewHeading({ children }: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h2 class="view-heading" tabIndex={-1} ref={heading}>
      {children}
    </h2>
  );
}
