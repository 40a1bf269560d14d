import type { FlagItem, RemovedEvent } from '../flag-item.js';
import type { DecisionEvent } from '../review.js';
import type { NoticeChange } from './queue/queue-state.js';

export type LiveStatus = 'connecting' | 'live' | 'reconnecting';

export interface LiveHandlers {
  onStatus(status: LiveStatus): void;
  /** Everything up to `seq` can be loaded; everything after it will come. */
  onReady(seq: number): void;
  onFlags(items: readonly FlagItem[]): void;
  /** Posts that were taken down, after the flags that came before. */
  onRemoved(removals: readonly RemovedEvent[]): void;
  onNotices(changes: readonly NoticeChange[]): void;
  onDecisions(decisions: readonly DecisionEvent[]): void;
  /** Flags of which a fact-check has come since they were recorded. */
  onDebunked(items: readonly FlagItem[]): void;
}

/** Events are handed on together at this interval: a burst is one rendering. */
const GATHER_MS = 100;
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 15_000;

/**
 * Follows the live stream for good. An EventSource reconnects by itself and says where it was, except after an answer
 * that is not a stream (503, a proxy's error page): then it gives up, and a new one is opened here, from the same place.
 *
 * @returns how to stop
 */
export function followLive(handlers: LiveHandlers): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastId = '';
  let pauseMs = FIRST_PAUSE_MS;
  // Both through one gatherer, so that no removal overtakes its flag.
  const changes = gatherer<{ item: FlagItem } | { removal: RemovedEvent }>((gathered) => {
    const items = gathered.flatMap((change) => ('item' in change ? [change.item] : []));
    const removals = gathered.flatMap((change) => ('removal' in change ? [change.removal] : []));
    if (items.length > 0) handlers.onFlags(items);
    if (removals.length > 0) handlers.onRemoved(removals);
  });
  const notices = gatherer(handlers.onNotices);
  const decisions = gatherer(handlers.onDecisions);
  const debunked = gatherer(handlers.onDebunked);

  const open = () => {
    source = new EventSource(lastId ? `/v1/stream?after=${lastId}` : '/v1/stream');
    source.addEventListener('ready', ({ data, lastEventId }: MessageEvent<string>) => {
      lastId = lastEventId;
      pauseMs = FIRST_PAUSE_MS;
      handlers.onStatus('live');
      handlers.onReady((JSON.parse(data) as { seq: number }).seq);
    });
    for (const event of ['flag', 'audit']) {
      source.addEventListener(event, ({ data, lastEventId }: MessageEvent<string>) => {
        lastId = lastEventId;
        changes({ item: JSON.parse(data) as FlagItem });
      });
    }
    source.addEventListener('removed', ({ data, lastEventId }: MessageEvent<string>) => {
      lastId = lastEventId;
      changes({ removal: JSON.parse(data) as RemovedEvent });
    });
    source.addEventListener('decision', ({ data, lastEventId }: MessageEvent<string>) => {
      lastId = lastEventId;
      decisions(JSON.parse(data) as DecisionEvent);
    });
    source.addEventListener('debunked', ({ data, lastEventId }: MessageEvent<string>) => {
      lastId = lastEventId;
      debunked(JSON.parse(data) as FlagItem);
    });
    source.addEventListener('notice', ({ data }: MessageEvent<string>) => notices(JSON.parse(data) as NoticeChange));
    source.addEventListener('error', () => {
      handlers.onStatus('reconnecting');
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, pauseMs);
      pauseMs = Math.min(MAX_PAUSE_MS, pauseMs * 2);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

function gatherer<T>(flush: (gathered: readonly T[]) => void): (one: T) => void {
  let gathered: T[] = [];
  return (one) => {
    if (gathered.push(one) > 1) return;
    setTimeout(() => {
      const all = gathered;
      gathered = [];
      flush(all);
    }, GATHER_MS);
  };
}
