import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { passes, searchOf, type Filters } from '../filters.js';
import { useLive } from '../live.js';
import { loadFlags, sendAuditDecision } from '../load.js';
import type { DecisionEvent } from '../../review.js';
import { KEPT_AT_MOST, EMPTY_QUEUE, nextQueue, type Category, type QueueState } from './queue-state.js';

/** Typing is over when nothing was typed for this long. */
const SETTLE_MS = 250;
const RETRY_MS = 5_000;
/** How often the server is asked which of the new flags belong here, where only it can tell. */
const ASK_MS = 1_000;
/** Nearer to the top than this, one watches; further down, one reads, and nothing moves. */
const WATCHING_PX = 300;
/** One campaign's copies can fill a page: the pages that are read on for a screenful of others. */
const PAGES_AT_ONCE = 5;
const ROWS_WANTED = 20;

export interface Queue extends QueueState {
  /** How many rows came while the page was open. */
  readonly arrived: number;
  readonly retry: () => void;
  readonly loadMore: () => void;
  readonly showWaiting: () => void;
  /** Puts what is known of a decision before the stream says it too. */
  readonly decided: (decisions: readonly DecisionEvent[]) => void;
  /** Rejects when the decision was not recorded. */
  readonly judge: (flagId: string, found: readonly Category[]) => Promise<void>;
}

/** The queue for the filters: loaded once, kept up by the live stream, read on into the past on demand. */
export function useQueue(filters: Filters): Queue {
  const [state, dispatch] = useReducer(nextQueue, EMPTY_QUEUE);
  const [arrived, setArrived] = useState(0);
  const [attempt, setAttempt] = useState(0);
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
  const refreshSoon = useSoon(refresh, ASK_MS);

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

  const showWaiting = useCallback(() => dispatch({ type: 'show-waiting' }), []);
  const hasWaiting = state.waiting.length > 0;
  useEffect(() => {
    if (!hasWaiting) return;
    const onScroll = () => scrollY < WATCHING_PX && showWaiting();
    addEventListener('scroll', onScroll, { passive: true });
    return () => removeEventListener('scroll', onScroll);
  }, [hasWaiting, showWaiting]);

  useLive({
    onReady(seq) {
      // A list that is ahead of the stream comes from a database that is no more.
      if ((latest.current.state.rows[0]?.lastSeq ?? 0) > seq) dispatch({ type: 'begin-anew' });
      void refresh();
    },
    onFlags(items) {
      if (latest.current.state.phase !== 'ready') return;
      const belongs = items.map((item) => passes(item, latest.current.filters));
      if (belongs.includes('ask')) refreshSoon();
      const shown = items.filter((_, at) => belongs[at] === true);
      if (shown.length === 0) return;
      dispatch({ type: 'arrived', items: shown, reading: scrollY >= WATCHING_PX });
      setArrived((n) => n + shown.length);
    },
    onRemoved(removals) {
      dispatch({ type: 'removed', removals });
      const gone = new Set(removals.map(({ flagId }) => flagId));
      // Another copy may be there to show for the campaign.
      if (latest.current.state.rows.some(({ face, size }) => size > 1 && gone.has(face.flagId))) refreshSoon();
    },
    onNotices: (changes) => dispatch({ type: 'notices', changes }),
    onDecisions: (decisions) => dispatch({ type: 'decided', decisions }),
    onDebunked: (items) => dispatch({ type: 'debunked', items }),
  });

  const loadMore = useCallback(() => {
    const { filters: current, state: now } = latest.current;
    if (now.next === null || now.loadingMore || now.rows.length >= KEPT_AT_MOST) return;
    dispatch({ type: 'load-more' });
    const { signal } = request.current;
    loadFlags(current, signal, now.next)
      .then((page) => dispatch({ type: 'loaded-more', ...page }))
      .catch(() => {
        if (!signal.aborted) dispatch({ type: 'failed' });
      });
  }, []);
  const pages = useRef(0);
  const { phase, loadingMore, next, rows } = state;
  useEffect(() => {
    if (phase === 'loading') pages.current = 0;
    if (phase !== 'ready' || loadingMore || next === null) return;
    if (rows.length < ROWS_WANTED && ++pages.current < PAGES_AT_ONCE) loadMore();
  }, [phase, loadingMore, next, rows.length < ROWS_WANTED, loadMore]);

  const judge = useCallback(async (flagId: string, found: readonly Category[]) => {
    await sendAuditDecision(flagId, found);
    dispatch({ type: 'judged', flagId, found });
  }, []);
  const decided = useCallback((decisions: readonly DecisionEvent[]) => dispatch({ type: 'decided', decisions }), []);
  return { ...state, arrived, retry, loadMore, showWaiting, decided, judge };
}

/** Does something once for all the times that it is asked for within the pause. */
function useSoon(work: () => void, pauseMs: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      work();
    }, pauseMs);
  }, [work, pauseMs]);
}
