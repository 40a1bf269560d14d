import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useTextsOf } from '../language.js';
import type { ViewEntry } from '../place.js';
import { VIEW_WORDS } from '../texts/views.js';

const NO_TITLE = { id: '', en: '' };

/** The ways to views that are not of every day. Escape, a choice, or leaving it closes it. */
export function ViewMenu({ at, children }: { at: ViewEntry | undefined; children: ComponentChildren }) {
  const t = useTextsOf(VIEW_WORDS);
  const title = useTextsOf(at?.title ?? NO_TITLE);
  const menu = useRef<HTMLDetailsElement>(null);
  const summary = useRef<HTMLElement>(null);
  const close = () => menu.current?.removeAttribute('open');
  useEffect(close, [at]);
  useEffect(() => {
    const onPress = (event: Event) => void (menu.current?.contains(event.target as Node) || close());
    addEventListener('pointerdown', onPress);
    return () => removeEventListener('pointerdown', onPress);
  }, []);
  return (
    <details
      ref={menu}
      class="view-menu"
      onFocusOut={({ relatedTarget }) =>
        void (relatedTarget && !menu.current?.contains(relatedTarget as Node) && close())
      }
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu.current?.open) return;
        // It leads nowhere else.
        event.stopPropagation();
        close();
        summary.current?.focus();
      }}
      onClick={(event) => void ((event.target as HTMLElement).closest('a') && close())}
    >
      <summary ref={summary} class={at ? 'current' : ''}>
        {at ? title : t.more}
      </summary>
      <div class="view-menu-list">{children}</div>
    </details>
  );
}
