import type { ComponentChildren } from 'preact';
import { safeLink } from '../safe-link.js';
import { LookAlike } from './look-alike.js';

interface Outside {
  readonly url: string | null;
  readonly class?: string;
  /** What stands there instead of a link that leads nowhere safe. */
  readonly otherwise: ComponentChildren;
}

/** A link that a stranger wrote, shown as the host that it leads to and its path. */
export function OutsideLink({ url, class: name, otherwise }: Outside) {
  const link = safeLink(url);
  if (!link) return <>{otherwise}</>;
  return (
    <a {...(name !== undefined && { class: name })} href={link.href} target="_blank" rel="noopener noreferrer nofollow">
      <bdi>
        {link.lookAlike && <LookAlike />}
        {link.host}
        {link.path}
      </bdi>
    </a>
  );
}
