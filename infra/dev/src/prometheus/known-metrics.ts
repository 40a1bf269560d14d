import { metricGroups, processMetrics } from '../metrics-catalogue/registries.js';
import { allRules } from './rule-files.js';

/** What Prometheus makes of every target, and of its own alerts. */
const OF_PROMETHEUS = ['up', 'ALERTS', 'ALERTS_FOR_STATE', 'scrape_duration_seconds'];

/** Every series that a query may name: those of the catalogue, of Node, of Prometheus, and what the rules record. */
export function knownMetrics(): ReadonlySet<string> {
  const ours = [...metricGroups().flatMap(({ metrics }) => metrics), ...processMetrics()];
  const parts = ours.flatMap(({ name, type }) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  );
  return new Set([...parts, ...OF_PROMETHEUS, ...allRules().flatMap(({ record }) => record ?? [])]);
}
