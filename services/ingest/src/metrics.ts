import { Counter, Gauge, type Registry } from 'prom-client';

export function ingestMetrics(registry: Registry) {
  const registers = [registry];
  return {
    events: new Counter({
      name: 'siaga_ingest_events_total',
      help: 'What sources brought, by source and outcome (post, edit, removal, departure, claim, refused, repeated)',
      labelNames: ['source', 'outcome'],
      registers,
    }),
    canaries: new Counter({
      name: 'siaga_ingest_canaries_total',
      help: 'Synthetic posts sent through the live path',
      registers,
    }),
    bytes: new Counter({
      name: 'siaga_ingest_received_bytes_total',
      help: 'What sources sent over the wire, where they count it',
      labelNames: ['source'],
      registers,
    }),
    lag: new Gauge({
      name: 'siaga_ingest_source_lag_seconds',
      help: "How far what was taken last lies behind the source's own clock",
      labelNames: ['source'],
      registers,
    }),
    waits: new Counter({
      name: 'siaga_ingest_rate_limit_wait_seconds_total',
      help: 'How long a source has waited for its turn at a host (turn), or because the host asked it to (asked)',
      labelNames: ['source', 'cause'],
      registers,
    }),
    failures: new Counter({
      name: 'siaga_ingest_source_failures_total',
      help: 'Times that a source failed and was opened again',
      labelNames: ['source'],
      registers,
    }),
    lastEvent: new Gauge({
      name: 'siaga_ingest_last_event_timestamp_seconds',
      help: 'Unix time of the latest event of a source; of when this worker took the source, until there is one',
      labelNames: ['source'],
      registers,
    }),
    quietLimit: new Gauge({
      name: 'siaga_ingest_source_quiet_limit_seconds',
      help: 'For how long a source that is read may bring nothing before that is odd; only of sources that have such a limit',
      labelNames: ['source'],
      registers,
    }),
  };
}

export type IngestMetrics = ReturnType<typeof ingestMetrics>;
