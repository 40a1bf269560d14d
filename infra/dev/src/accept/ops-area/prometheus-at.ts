import { setTimeout as wait } from 'node:timers/promises';

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [at: number, value: string];
}

const POLL_MS = 500;

/** Asks a Prometheus as a person would. */
export function prometheusAt(url: string) {
  const ask = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(10_000) });
    return ((await answer.json()) as { data: T }).data;
  };
  return {
    query: async (query: string) =>
      (await ask<{ result: Sample[] }>(`/api/v1/query?query=${encodeURIComponent(query)}`)).result,
    /** Names of the alerts that fire. */
    async firing(): Promise<string[]> {
      const { alerts } = await ask<{ alerts: { state: string; labels: { alertname: string } }[] }>('/api/v1/alerts');
      return [...new Set(alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels.alertname))];
    },
    /** @throws Error naming what was waited for */
    async until<T>(what: string, seconds: number, probe: () => Promise<T | false>): Promise<T> {
      const deadline = Date.now() + seconds * 1_000;
      for (;;) {
        const found = await probe();
        if (found) return found;
        if (Date.now() > deadline) throw new Error(`${seconds} s passed, and not yet: ${what}`);
        await wait(POLL_MS);
      }
    },
  };
}
