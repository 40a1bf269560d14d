import type { SourceItem } from '../../routes/sources.js';
import { useTexts } from '../language.js';
import { troubleOf } from '../source-order.js';
import type { View } from '../views.js';

/** The way from one view to another, with what one should know of those that are not open. */
export function ViewBar({ view, sources }: { view: View; sources: readonly SourceItem[] | undefined }) {
  const t = useTexts();
  const link = (name: View['name']) => ({
    href: `#/${name}`,
    'aria-current': view.name === name ? ('page' as const) : undefined,
  });
  const trouble = sources && troubleOf(sources);
  return (
    <nav class="view-bar" aria-label={t.views}>
      <a {...link('flags')}>{t.flags}</a>
      <a {...link('sources')}>
        {t.sources.title}
        {trouble ? (
          <span class="badge bad">{t.sources[trouble.state](trouble.count, sources.length)}</span>
        ) : (
          sources && <span class="count">{sources.length}</span>
        )}
      </a>
    </nav>
  );
}
