import { setTimeout as wait } from 'node:timers/promises';

const PAUSE_MS = 1_000;
const STREAM_MS = 20_000;
const TIMEOUT_MS = 15_000;

/** People who look at the list every second and come to the live stream and go again. @returns how to stop, with what went wrong */
export function startReaders(feedUrl: string): { close: () => Promise<{ asked: number; failed: number }> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const counts = { asked: 0, failed: 0 };
  const pause = (ms: number) => wait(ms, undefined, { signal }).catch(() => undefined);
  const list = async () => {
    while (!signal.aborted) {
      counts.asked++;
      await fetch(`${feedUrl}/v1/flags?limit=20`, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      })
        .then(async (response) => {
          await response.arrayBuffer();
          if (!response.ok) throw new Error(String(response.status));
        })
        .catch(() => void (signal.aborted || counts.failed++));
      await pause(PAUSE_MS);
    }
  };
  const stream = async () => {
    while (!signal.aborted) {
      const until = AbortSignal.any([signal, AbortSignal.timeout(STREAM_MS)]);
      await fetch(`${feedUrl}/v1/stream`, { signal: until })
        .then((response) => response.text())
        .catch(() => undefined);
      await pause(PAUSE_MS);
    }
  };
  const reading = Promise.all([list(), stream()]);
  return {
    async close() {
      stopping.abort();
      await reading;
      return counts;
    },
  };
}
