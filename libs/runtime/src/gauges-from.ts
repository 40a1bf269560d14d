import { Gauge, type Registry } from 'prom-client';

export interface GaugeFrom<T> {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  /** The values in what was found, each with its labels. */
  readonly read: (found: T) => readonly (readonly [value: number, labels?: Readonly<Record<string, string>>])[];
}

/**
 * Gauges that are looked up whenever somebody scrapes: one look for all of them, which are collected at the same time. While the look fails
 * they have no value (NaN without labels), and the scrape goes on.
 */
export function gaugesFrom<T>(registry: Registry, look: () => Promise<T>, gauges: readonly GaugeFrom<T>[]): void {
  let looking: Promise<{ readonly found: T } | undefined> | undefined;
  const found = () =>
    (looking ??= look()
      .then((all) => ({ found: all }))
      .catch(() => undefined)
      .finally(() => (looking = undefined)));
  for (const { name, help, labels = [], read } of gauges) {
    new Gauge({
      ...{ name, help, labelNames: [...labels], registers: [registry] },
      async collect() {
        const all = await found();
        this.reset();
        if (all) for (const [value, of = {}] of read(all.found)) this.set(of, value);
        else if (labels.length === 0) this.set(NaN);
      },
    });
  }
}
