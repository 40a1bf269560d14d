import { classifyMetrics } from '@siaga/classify';
import { feedMetrics, gaugeSubscriptions } from '@siaga/feed';
import { ingestMetrics } from '@siaga/ingest';
import { gaugeAll, notifyMetrics } from '@siaga/notify';
import { gaugeChecks, gaugeDisk } from '@siaga/runtime';
import type { Queryable } from '@siaga/storage';
import { brokerMetrics, streamMetrics } from '@siaga/stream';
import { collectDefaultMetrics, Registry, type MetricType } from 'prom-client';

export interface CataloguedMetric {
  readonly name: string;
  readonly help: string;
  readonly type: `${MetricType}`;
  readonly labels: readonly string[];
}

export interface MetricGroup {
  readonly title: string;
  readonly metrics: readonly CataloguedMetric[];
}

/** Gauges ask only when somebody scrapes, which nobody does here. */
const unasked: Queryable = { query: () => Promise.reject(new Error('the catalogue asks no database')) };

const GROUPS: Readonly<Record<string, (registry: Registry) => void>> = {
  'Every service': (registry) => {
    gaugeChecks(registry, new Map());
    gaugeDisk(registry, []);
  },
  'What goes through Kafka (ingest, classify, notify)': streamMetrics,
  'Brokers and consumer groups (notify)': brokerMetrics,
  Ingest: ingestMetrics,
  Classify: classifyMetrics,
  Notify: (registry) => {
    notifyMetrics(registry);
    gaugeAll(registry, unasked);
  },
  Feed: (registry) => {
    feedMetrics(registry);
    gaugeSubscriptions(registry, unasked);
  },
};

/** Every metric of ours, by who has it, as the services themselves declare them. */
export const metricGroups = (): MetricGroup[] =>
  Object.entries(GROUPS).map(([title, declare]) => ({ title, metrics: declaredBy(declare) }));

/** Node's own, of every process. */
export const processMetrics = (): readonly CataloguedMetric[] =>
  declaredBy((register) => collectDefaultMetrics({ register }));

function declaredBy(declare: (registry: Registry) => void): CataloguedMetric[] {
  const registry = new Registry();
  declare(registry);
  return registry
    .getMetricsAsArray()
    .map((metric) => {
      const { name, help } = metric;
      // prom-client keeps labels and kind on its objects, and does not say so in its types.
      const { labelNames, type } = metric as unknown as { labelNames: readonly string[]; type?: `${MetricType}` };
      return { name, help, labels: labelNames, type: type ?? kindOf(metric) };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

const kindOf = (metric: object): `${MetricType}` => metric.constructor.name.toLowerCase() as `${MetricType}`;
