import type { ComponentChildren } from 'preact';
import { NO_FILTERS, searchOf, type Filters } from '../filters.js';
import { KEPT_AT_MOST } from '../feed-state.js';
import { useTexts } from '../language.js';
import type { Feed } from '../use-feed.js';
import { FlagCard } from './flag-card.js';
import { ListState } from './list-state.js';

export function FlagList(props: {
  above: ComponentChildren;
  feed: Feed;
  filters: Filters;
  selected: string;
  revealed: ReadonlySet<string>;
  onSelect: (flagId: string) => void;
  onReveal: (flagId: string) => void;
  onCampaign: (campaignId: string) => void;
}) {
  const { above, feed, filters, selected, revealed, ...handlers } = props;
  const t = useTexts();
  const { items } = feed;
  const hasSelected = items.some(({ flagId }) => flagId === selected);
  return (
    <main aria-busy={feed.phase === 'loading'}>
      <p class="visually-hidden" aria-live="polite">
        {feed.arrived > 0 && t.arrived(feed.arrived)}
      </p>
      {above}
      {items.length === 0 && <ListState kind={kindOf(feed, filters)} onRetry={feed.retry} />}
      <ol class="cards" aria-label={t.list}>
        {items.map((item, position) => (
          <li key={item.flagId}>
            <FlagCard
              item={item}
              fresh={item.seq > feed.openedAt}
              selected={selected === item.flagId}
              reachable={selected === item.flagId || (position === 0 && !hasSelected)}
              revealed={revealed.has(item.flagId)}
              {...handlers}
              onJudge={feed.judge}
            />
          </li>
        ))}
      </ol>
      {feed.more && <Older feed={feed} />}
    </main>
  );
}

function Older({ feed }: { feed: Feed }) {
  const t = useTexts();
  if (feed.items.length >= KEPT_AT_MOST) return <p class="older">{t.limit}</p>;
  return (
    <p class="older">
      <button type="button" class="solid" disabled={feed.loadingMore} onClick={feed.loadMore}>
        {feed.loadingMore ? t.loading : t.more}
      </button>
    </p>
  );
}

const AUDIT_ALONE = searchOf({ ...NO_FILTERS, audit: 'true' });

function kindOf(feed: Feed, filters: Filters) {
  if (feed.phase !== 'ready') return feed.phase;
  if (searchOf(filters) === AUDIT_ALONE) return 'no-audit' as const;
  return searchOf(filters) === '' ? ('empty' as const) : ('no-match' as const);
}
