import { gaugesFrom } from '@siaga/runtime';
import { subscriptionCounts, type Queryable } from '@siaga/storage';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export function feedMetrics(registry: Registry) {
  const registers = [registry];
  return {
    requestSeconds: new Histogram({
      name: 'siaga_feed_request_seconds',
      help: 'Time to answer a request, by route and class of status; live streams are not counted',
      labelNames: ['route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    streamClients: new Gauge({
      name: 'siaga_feed_stream_clients',
      help: 'Live streams open now',
      registers,
    }),
    streamsEnded: new Counter({
      name: 'siaga_feed_streams_ended_total',
      help: 'Live streams that ended, by reason (client, slow, database, access, shutdown) or were refused (full)',
      labelNames: ['reason'],
      registers,
    }),
    eventsSent: new Counter({
      name: 'siaga_feed_events_sent_total',
      help: 'Events written to live streams, by kind (flag, audit, debunked, removed, decision, notice)',
      labelNames: ['event'],
      registers,
    }),
    answers: new Counter({
      name: 'siaga_feed_platform_answers_total',
      help: 'Answers that the people of platforms gave here, by state; those to notify are counted there',
      labelNames: ['state'],
      registers,
    }),
    subscriptionMessages: new Counter({
      name: 'siaga_feed_subscription_messages_total',
      help: 'Messages to subscribers of saved queries, by result (arrived, retry, uncertain, failed, closed, taken)',
      labelNames: ['kind', 'result'],
      registers,
    }),
    subscriptionFlags: new Counter({
      name: 'siaga_feed_subscription_flags_total',
      help: 'Flags that subscribers were told of',
      labelNames: ['kind'],
      registers,
    }),
    recordToStreamSeconds: new Histogram({
      name: 'siaga_feed_record_to_stream_seconds',
      help: 'Time from the recording of a flag, the removal of its text or a decision, until it is written to the live streams',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
  };
}

export type FeedMetrics = ReturnType<typeof feedMetrics>;

/** Read from the database whenever somebody scrapes: every process says the same, and a database that is down, nothing. */
export function gaugeSubscriptions(registry: Registry, db: Queryable): void {
  type Counts = Awaited<ReturnType<typeof subscriptionCounts>>;
  const gauge = (name: string, help: string, valueOf: (row: Counts[number]) => number) => ({
    ...{ name, help, labels: ['kind', 'state'] },
    read: (rows: Counts) => rows.map((row) => [valueOf(row), { kind: row.kind, state: row.state }] as const),
  });
  gaugesFrom(registry, () => subscriptionCounts(db), [
    gauge('siaga_feed_subscriptions', 'Subscriptions to saved queries', ({ count }) => count),
    gauge('siaga_feed_subscriptions_failing', 'Those whose latest message has not arrived', ({ failing }) => failing),
    gauge(
      'siaga_feed_subscription_late_seconds',
      'For how long the message that has waited longest has been due',
      ({ lateSeconds }) => lateSeconds,
    ),
  ]);
}
