import { useCallback, useRef, useState } from 'preact/hooks';
import type { FlagItem } from '../../flag-item.js';
import { load } from '../load.js';

/** As many as a page of the API can hold. */
const MOST_AT_ONCE = 200;
const PAGE = 50;

export interface Copies {
  readonly items: readonly FlagItem[];
  /** Whether there are older ones than those shown. */
  readonly more: boolean;
  readonly loadMore: () => void;
}

interface Loaded {
  readonly items: readonly FlagItem[];
  readonly next: string | null;
}
const NONE: Loaded = { items: [], next: null };

/** A campaign's copies as far as they were asked for, newest first, however many it has. */
export function useCopies() {
  const [loaded, setLoaded] = useState<Loaded>(NONE);
  const latest = useRef(loaded);
  latest.current = loaded;
  const campaign = useRef('');
  /** How many its reader has asked for: a look that is under way gives as many, so that no press on "older" is lost. */
  const asked = useRef(PAGE);

  /** Looks again at all that are shown, and at the first page of what is shown for the first time. */
  const read = useCallback(async (campaignId: string, signal: AbortSignal) => {
    if (campaign.current !== campaignId) asked.current = PAGE;
    else asked.current = Math.max(asked.current, latest.current.items.length);
    let now = await pageOf(campaignId, Math.min(asked.current, MOST_AT_ONCE), signal);
    while (now.next !== null && now.items.length < asked.current) {
      const missing = asked.current - now.items.length;
      now = await grown(campaignId, now, Math.min(missing, MOST_AT_ONCE), signal);
    }
    campaign.current = campaignId;
    setLoaded(now);
  }, []);
  const loadMore = useCallback((signal: AbortSignal) => {
    asked.current = latest.current.items.length + PAGE;
    return grown(campaign.current, latest.current, PAGE, signal).then(setLoaded);
  }, []);
  /** Those that came, on top; those that have changed, in their places. */
  const take = useCallback((changed: readonly FlagItem[]) => {
    const byId = new Map(changed.map((item) => [item.flagId, item]));
    setLoaded(({ items, next }) => {
      const known = new Set(items.map(({ flagId }) => flagId));
      const fresh = changed.filter(({ flagId }) => !known.has(flagId)).toSorted((a, b) => b.seq - a.seq);
      return { items: [...fresh, ...items.map((item) => byId.get(item.flagId) ?? item)], next };
    });
  }, []);
  return { ...loaded, read, loadMore, take };
}

function pageOf(campaignId: string, limit: number, signal: AbortSignal, cursor?: string | null): Promise<Loaded> {
  const query = new URLSearchParams({ campaign: campaignId, limit: String(limit), ...(cursor && { cursor }) });
  return load<Loaded>(`/v1/flags?${query}`, signal);
}

async function grown(campaignId: string, now: Loaded, limit: number, signal: AbortSignal): Promise<Loaded> {
  const page = await pageOf(campaignId, limit, signal, now.next);
  return { items: [...now.items, ...page.items], next: page.next };
}
