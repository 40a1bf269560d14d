import type { SourceItem } from '../../routes/sources.js';
import type { Summary } from '../../routes/summary.js';
import { useTexts } from '../language.js';
import { troubleOf } from '../source-order.js';
import type { View } from '../views.js';

/** Where a notice goes no further without a person. A rejected one is over: it is marked in its list. */
const AWAITED = ['disputed', 'needs_info', 'failed', 'unsure', 'by-hand'];

/** The way from one view to another, with what one should know of those that are not open. */
export function ViewBar(props: {
  view: View;
  sources: readonly SourceItem[] | undefined;
  summary: Summary | undefined;
}) {
  const { view, sources, summary } = props;
  const t = useTexts();
  const at = view.name === 'notice' ? 'notices' : view.name;
  const link = (name: View['name']) => ({
    href: `#/${name}`,
    'aria-current': at === name ? ('page' as const) : undefined,
  });
  const awaited = AWAITED.reduce((total, state) => total + (summary?.notices.byState[state] ?? 0), 0);
  const trouble = sources && troubleOf(sources);
  return (
    <nav class="view-bar" aria-label={t.views}>
      <a {...link('flags')}>{t.flags}</a>
      <a {...link('notices')}>
        {t.notices.title}
        {awaited > 0 ? (
          <span class="badge bad">{t.notices.awaited(awaited)}</span>
        ) : (
          summary && <span class="count">{summary.notices.total}</span>
        )}
      </a>
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
