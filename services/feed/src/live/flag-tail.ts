import { setTimeout as wait } from 'node:timers/promises';
import { deferred } from '@siaga/runtime';
import { changesAfter, latestChange, type FlagChange, type Queryable } from '@siaga/storage';

export interface FlagTail {
  /** Everything up to here has been passed on; undefined until the database was reached for the first time. */
  readonly position: number | undefined;
  /** Resolves when the first read is over, well or not. */
  readonly firstRead: Promise<void>;
  /** There may be new flags, or texts that are gone. */
  wake(): void;
  /** As wake, and the database may be another one than before: a position beyond its end is given up. */
  resynchronise(): void;
  close(): Promise<void>;
}

export interface TailOptions {
  readonly db: Queryable;
  readonly onChanges: (changes: readonly FlagChange[]) => void;
  readonly onError: (error: unknown) => void;
  /** The table ends before our position: it is not the one that we read before. */
  readonly onReset?: () => void;
  /** Looks by itself this often: a notification can be lost with its connection. */
  readonly pollMs?: number;
  /** Changes that come in quick succession are read together. */
  readonly gatherMs?: number;
}

const POLL_MS = 3_000;
const GATHER_MS = 20;
const READ_AT_ONCE = 500;

/**
 * Reads the table of flags as it changes, from its end at the time of the first read. Flags are recorded, and lose their
 * texts, in the order of one sequence of numbers (see lockFlagWriting), so reading on after the last one misses none.
 */
export function tailFlags(options: TailOptions): FlagTail {
  const { db, onChanges, onError, pollMs = POLL_MS, gatherMs = GATHER_MS } = options;
  const stop = new AbortController();
  let position: number | undefined;
  let checkEnd = true;
  let nap = new AbortController();
  const firstRead = deferred<void>();

  const read = async () => {
    if (checkEnd) {
      const end = await latestChange(db);
      const isReset = position !== undefined && end < position;
      position = isReset ? end : (position ?? end);
      checkEnd = false;
      if (isReset) options.onReset?.();
    }
    for (let full = true; full && !stop.signal.aborted;) {
      const changes = await changesAfter(db, position as number, READ_AT_ONCE);
      const last = changes.at(-1);
      if (!last) return;
      position = last.seq;
      onChanges(changes);
      full = changes.length === READ_AT_ONCE;
    }
  };
  const run = async () => {
    while (!stop.signal.aborted) {
      nap = new AbortController();
      // A wake-up from here on shortens the coming nap to nothing, so none is lost.
      await read().catch(onError);
      firstRead.resolve();
      await wait(pollMs, undefined, { signal: AbortSignal.any([nap.signal, stop.signal]) }).catch(() => undefined);
      await wait(gatherMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const ended = run();
  return {
    get position() {
      return position;
    },
    firstRead: firstRead.promise,
    wake: () => nap.abort(),
    resynchronise() {
      checkEnd = true;
      nap.abort();
    },
    async close() {
      stop.abort();
      await ended;
    },
  };
}
