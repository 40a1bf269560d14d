import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Metrics of everything that goes through Kafka, on the service's registry. */
export function streamMetrics(registry: Registry) {
  const registers = [registry];
  return {
    consumed: new Counter({
      name: 'siaga_stream_messages_total',
      help: 'Messages handled, by topic and outcome (done, drop, poison)',
      labelNames: ['topic', 'outcome'],
      registers,
    }),
    dropped: new Counter({
      name: 'siaga_stream_drops_total',
      help: 'Messages left out on purpose, by topic and reason',
      labelNames: ['topic', 'reason'],
      registers,
    }),
    deadLetters: new Counter({
      name: 'siaga_stream_dead_letters_total',
      help: 'Messages sent to the dead letters, by topic and reason',
      labelNames: ['topic', 'reason'],
      registers,
    }),
    batchSeconds: new Histogram({
      name: 'siaga_stream_batch_seconds',
      help: 'Time to handle one micro-batch, dead letters included',
      labelNames: ['topic'],
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    retries: new Counter({
      name: 'siaga_stream_retries_total',
      help: 'Micro-batches tried again after a transient error',
      labelNames: ['topic'],
      registers,
    }),
    lag: new Gauge({
      name: 'siaga_stream_lag_messages',
      help: 'Messages between the last one handled and the end of the partition, as of the last fetch',
      labelNames: ['topic', 'partition'],
      registers,
    }),
    produced: new Counter({
      name: 'siaga_stream_produced_total',
      help: 'Messages that Kafka has acknowledged',
      labelNames: ['topic'],
      registers,
    }),
  };
}

export type StreamMetrics = ReturnType<typeof streamMetrics>;

/** What is seen of the brokers, and of consumer groups, from outside (`watchBroker`). */
export function brokerMetrics(registry: Registry) {
  const registers = [registry];
  return {
    brokers: new Gauge({
      name: 'siaga_stream_brokers',
      help: 'Kafka brokers in the cluster, 0 when none answers',
      registers,
    }),
    underReplicated: new Gauge({
      name: 'siaga_stream_under_replicated_partitions',
      help: 'Partitions of watched topics with fewer replicas in step than they should have',
      registers,
    }),
    groupLag: new Gauge({
      name: 'siaga_stream_group_lag_messages',
      help: 'Messages that a consumer group has not handled yet, seen from outside: right for a group that hangs or is gone, too',
      labelNames: ['group', 'topic', 'partition'],
      registers,
    }),
    groupLagSeconds: new Gauge({
      name: 'siaga_stream_group_lag_seconds',
      help: 'Age of the oldest message that a consumer group has not handled, to within a look (5 s)',
      labelNames: ['group', 'topic'],
      registers,
    }),
    groupMembers: new Gauge({
      name: 'siaga_stream_group_members',
      help: 'Live members of a consumer group',
      labelNames: ['group'],
      registers,
    }),
    lookedAt: new Gauge({
      name: 'siaga_stream_watched_timestamp_seconds',
      help: 'Unix time of the last look at the brokers that succeeded',
      registers,
    }),
  };
}

export type BrokerMetrics = ReturnType<typeof brokerMetrics>;
