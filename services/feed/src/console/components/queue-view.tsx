import { useCallback, useRef, useState } from 'preact/hooks';
import { useDesk } from '../desk.js';
import { NO_FILTERS } from '../filters.js';
import { safeLink } from '../safe-link.js';
import { useFeed } from '../use-feed.js';
import { useFilters } from '../use-filters.js';
import { useKeys } from '../use-keys.js';
import { FilterBar } from './filter-bar.js';
import { cardId } from './flag-card.js';
import { FlagList } from './flag-list.js';
import { RecallPanel } from './recall-panel.js';

/** What waits for the desk, as it comes in. */
export function QueueView() {
  const [filters, setFilters] = useFilters();
  const [selected, setSelected] = useState('');
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set());
  const search = useRef<HTMLInputElement>(null);
  const feed = useFeed(filters);
  const { summary } = useDesk();

  const toggleReveal = useCallback((flagId: string) => setRevealed((now) => toggled(now, flagId)), []);
  const showCampaign = useCallback(
    (campaign: string) => {
      setFilters({ ...NO_FILTERS, campaign });
      scrollTo(0, 0);
    },
    [setFilters],
  );

  const { items } = feed;
  const at = items.findIndex(({ flagId }) => flagId === selected);
  const current = items[at];
  const select = (position: number) => {
    const item = items[Math.max(0, Math.min(items.length - 1, position))];
    if (!item) return;
    setSelected(item.flagId);
    document.getElementById(cardId(item.flagId))?.focus();
  };
  useKeys({
    j: () => select(at + 1),
    k: () => select(at - 1),
    g: () => select(0),
    v: () => current && toggleReveal(current.flagId),
    c: () => current?.campaignId && showCampaign(current.campaignId),
    o: () => {
      const link = safeLink(current?.post.url ?? null);
      if (link) open(link.href, '_blank', 'noopener,noreferrer');
    },
    '/': () => search.current?.focus(),
  });

  return (
    <>
      <div class="queue-bar">
        <FilterBar filters={filters} summary={summary} searchRef={search} onChange={setFilters} />
      </div>
      <FlagList
        above={filters.audit && <RecallPanel />}
        feed={feed}
        filters={filters}
        selected={selected}
        revealed={revealed}
        onSelect={setSelected}
        onReveal={toggleReveal}
        onCampaign={showCampaign}
      />
    </>
  );
}

function toggled(set: ReadonlySet<string>, value: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}
