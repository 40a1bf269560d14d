import { useDesk } from '../desk.js';
import { useTextsOf } from '../language.js';
import { troubleOf } from '../source-order.js';
import { VIEW_WORDS } from '../texts/views.js';
import type { ViewEntry } from '../place.js';
import { ViewMenu } from './view-menu.js';

/** Where a notice goes no further without a person. A rejected one is over: it is marked in its list. */
const AWAITED = ['disputed', 'needs_info', 'failed', 'unsure', 'by-hand'];

/** The way from one view to another, with what one should know of those that are not open. */
export function ViewBar({ views, at }: { views: readonly ViewEntry[]; at: ViewEntry }) {
  const t = useTextsOf(VIEW_WORDS);
  const shown = views.filter(({ under, alone }) => under === undefined && !alone);
  const rare = shown.filter((view) => view.rare);
  const isGrouped = rare.length > 1;
  const link = (view: ViewEntry) => (
    <ViewLink key={view.name} view={view} current={view.name === (at.under ?? at.name)} />
  );
  return (
    <nav class="view-bar" aria-label={t.views}>
      <div class="view-links">{shown.filter((view) => !isGrouped || !view.rare).map(link)}</div>
      {isGrouped && <ViewMenu at={rare.find(({ name }) => name === at.name)}>{rare.map(link)}</ViewMenu>}
    </nav>
  );
}

function ViewLink({ view: { name, title }, current }: { view: ViewEntry; current: boolean }) {
  const Beside = BESIDE[name];
  return (
    <a href={`#/${name}`} aria-current={current ? 'page' : undefined}>
      {useTextsOf(title)}
      {Beside && <Beside />}
    </a>
  );
}

/** What stands beside a view's name, of those that have something to say. */
const BESIDE: Readonly<Record<string, () => preact.JSX.Element | null>> = {
  notices() {
    const t = useTextsOf(VIEW_WORDS);
    const { summary } = useDesk();
    if (!summary) return null;
    const awaited = AWAITED.reduce((total, state) => total + (summary.notices.byState[state] ?? 0), 0);
    if (awaited > 0) return <span class="badge bad">{t.awaited(awaited)}</span>;
    return <span class="count">{summary.notices.total}</span>;
  },
  sources() {
    const t = useTextsOf(VIEW_WORDS);
    const { sources } = useDesk();
    if (!sources) return null;
    const trouble = troubleOf(sources);
    if (trouble) return <span class="badge bad">{t[trouble.state](trouble.count, sources.length)}</span>;
    return <span class="count">{sources.length}</span>;
  },
};
