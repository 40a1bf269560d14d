import { setTimeout as wait } from 'node:timers/promises';

/** A sender as ingest's documentation wants it: the same posts again until they are taken. */
export interface Pusher {
  add(lines: readonly Buffer[]): void;
  /** Posts that are not taken yet. */
  readonly waiting: number;
  /** Requests that were made again. */
  readonly retries: number;
  close(): Promise<void>;
}

const BATCH = 400;
const SENDERS = 4;
const TIMEOUT_MS = 20_000;
const RETRY_MS = 500;
const IDLE_MS = 20;

export function startPusher({ url, token }: { readonly url: string; readonly token: string }): Pusher {
  const queue: Buffer[] = [];
  const stopping = new AbortController();
  const { signal } = stopping;
  let underWay = 0;
  let retries = 0;
  const pause = (ms: number) => wait(ms, undefined, { signal }).catch(() => undefined);
  const send = async () => {
    while (!signal.aborted) {
      const batch = queue.splice(0, BATCH);
      if (batch.length === 0) {
        await pause(IDLE_MS);
        continue;
      }
      underWay += batch.length;
      const body = Buffer.concat(batch.flatMap((line) => [line, Buffer.from('\n')]));
      while (!signal.aborted && !(await taken(body))) {
        retries++;
        await pause(RETRY_MS);
      }
      underWay -= batch.length;
    }
  };
  const taken = async (body: Buffer): Promise<boolean> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
        body: new Uint8Array(body),
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), signal]),
      });
      await response.arrayBuffer();
      if (response.status >= 400 && response.status < 500) throw new Error(`a push was refused: ${response.status}`);
      return response.ok;
    } catch (error) {
      if ((error as Error).message.startsWith('a push was refused')) throw error;
      return false;
    }
  };
  const senders = Promise.all(Array.from({ length: SENDERS }, send));
  senders.catch(() => undefined);
  return {
    add: (lines) => void queue.push(...lines),
    get waiting() {
      return queue.length + underWay;
    },
    get retries() {
      return retries;
    },
    async close() {
      stopping.abort();
      await senders;
    },
  };
}
