import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { NO_FEED, nextFeed, type Category, type FeedState } from './feed-state.js';
import { passes, searchOf, type Filters } from './filters.js';
import { useLive } from './live.js';
import { loadFlags, sendAuditDecision } from './load.js';

/** Typing is over when nothing was typed for this long. */
const SETTLE_MS = 250;
const RETRY_MS = 5_000;
/** Nearer to the top than this, one watches; further down, one reads, and nothing is taken away. */
const WATCHING_PX = 400;

export interface Feed extends FeedState {
  /** How many flags came while the page was open. */
  readonly arrived: number;
  readonly retry: () => void;
  readonly loadMore: () => void;
  /** Rejects when the decision was not recorded. */
  readonly judge: (flagId: string, found: readonly Category[]) => Promise<void>;
}

/** The list for the filters: loaded once, kept up by the live stream, read on into the past on demand. */
export function useFeed(filters: Filters): Feed {
  const [state, dispatch] = useReducer(nextFeed, NO_FEED);
  const [arrived, setArrived] = useState(0);
  const [attempt, setAttempt] = useState(0);
  // The stream outlives every change of the filters; it looks up the latest here.
  const latest = useRef({ filters, state });
  latest.current = { filters, state };
  const request = useRef(new AbortController());
  const retry = useCallback(() => setAttempt((n) => n + 1), []);

  const refresh = useCallback(async () => {
    request.current.abort();
    const { signal } = (request.current = new AbortController());
    try {
      dispatch({ type: 'loaded', ...(await loadFlags(latest.current.filters, signal)) });
    } catch {
      if (!signal.aborted) dispatch({ type: 'failed' });
    }
  }, []);

  const key = searchOf(filters);
  const firstKey = useRef(key);
  useEffect(() => {
    dispatch({ type: 'reset' });
    const timer = setTimeout(() => void refresh(), key === firstKey.current ? 0 : SETTLE_MS);
    firstKey.current = key;
    return () => {
      clearTimeout(timer);
      request.current.abort();
    };
  }, [key, attempt, refresh]);

  useEffect(() => {
    if (state.phase !== 'failed') return;
    const timer = setTimeout(retry, RETRY_MS);
    return () => clearTimeout(timer);
  }, [state.phase, retry]);

  useLive({
    onReady(seq) {
      // A list that is ahead of the stream comes from a database that is no more.
      if ((latest.current.state.items[0]?.seq ?? 0) > seq) dispatch({ type: 'begin-anew' });
      void refresh();
    },
    onFlags(items) {
      const shown = items.filter((item) => passes(item, latest.current.filters));
      if (shown.length === 0 || latest.current.state.phase !== 'ready') return;
      dispatch({ type: 'arrived', items: shown, trim: scrollY < WATCHING_PX });
      setArrived((n) => n + shown.length);
    },
    onRemoved: (removals) => dispatch({ type: 'removed', removals }),
    onNotices: (changes) => dispatch({ type: 'notices', changes }),
  });

  const loadMore = useCallback(() => {
    const { filters: current, state: now } = latest.current;
    const oldest = now.items.at(-1);
    if (!oldest || now.loadingMore) return;
    dispatch({ type: 'load-more' });
    const { signal } = request.current;
    loadFlags(current, signal, oldest.seq)
      .then((page) => dispatch({ type: 'loaded-more', ...page }))
      .catch(() => {
        if (!signal.aborted) dispatch({ type: 'failed' });
      });
  }, []);

  const judge = useCallback(async (flagId: string, found: readonly Category[]) => {
    await sendAuditDecision(flagId, found);
    dispatch({ type: 'judged', flagId, found });
  }, []);

  return { ...state, arrived, retry, loadMore, judge };
}
