import type { IngestMetrics } from './metrics.js';
import type { SourceEntry } from './sources/kinds.js';

/** What never pauses, in seconds. A feed may sleep over a weekend, and a file ends: they have a limit where their entry names one. */
const USUAL: Partial<Record<SourceEntry['kind'], number>> = { firehose: 300, jetstream: 300, mastodon: 3_600 };

/**
 * Lets Prometheus know that a source is expected to bring something.
 *
 * @returns called when this worker reads it no more: then its silence is nobody's fault
 */
export function expectEvents(entry: SourceEntry, metrics: IngestMetrics, now = Date.now): () => void {
  const limit = entry.quietSeconds ?? USUAL[entry.kind];
  if (limit === undefined) return () => undefined;
  const labels = { source: entry.name };
  metrics.quietLimit.set(labels, limit);
  metrics.lastEvent.set(labels, now() / 1000);
  return () => metrics.quietLimit.remove(labels);
}
