import { gaugesFrom } from '@siaga/runtime';
import {
  closedChannels,
  countDeliveries,
  databaseHealth,
  deliveryWaits,
  noticesByDue,
  outboxBacklog,
  platformPrecisions,
  removalTimes,
  sendingSwitch,
  type Queryable,
} from '@siaga/storage';
import type { Registry } from 'prom-client';

const REMOVAL_DAYS = 30;

/**
 * What stands in the database, read whenever somebody scrapes: every process says the same, and a database that is down,
 * nothing.
 */
export function gaugeAll(registry: Registry, db: Queryable): void {
  gaugesFrom(registry, () => sendingSwitch(db), [
    {
      name: 'siaga_notify_sending_stopped',
      help: '1 while the kill switch is on',
      read: ({ stopped }) => [[Number(stopped)]],
    },
  ]);
  gaugesFrom(registry, () => closedChannels(db), [
    {
      name: 'siaga_notify_closed_channels',
      help: 'Ways to platforms whose other end takes no more, so that deliveries wait',
      labels: ['platform'],
      read: (found) =>
        [...new Set(found.map(({ platform }) => platform))].map((platform) => [
          ...([found.filter((way) => way.platform === platform).length, { platform }] as const),
        ]),
    },
  ]);
  gaugesFrom(registry, () => countDeliveries(db), [
    {
      name: 'siaga_notify_deliveries',
      help: 'Deliveries by state',
      labels: ['state'],
      read: (found) => found.map(({ state, count }) => [count, { state }]),
    },
  ]);
  gaugesFrom(registry, () => outboxBacklog(db), [
    {
      name: 'siaga_notify_outbox_age_seconds',
      help: 'Age of the oldest decision or claim that waits to be published on its topic; 0 when none does',
      read: ({ oldest }) => [[oldest ? Math.max(0, Date.now() - oldest.getTime()) / 1000 : 0]],
    },
  ]);
  gaugePrecision(registry, db);
  gaugeDeadlines(registry, db);
  gaugeRemovals(registry, db);
  gaugeDatabase(registry, db);
}

/** How far platforms agree with our notices. */
function gaugePrecision(registry: Registry, db: Queryable): void {
  const labels = ['platform'];
  gaugesFrom(registry, () => platformPrecisions(db), [
    {
      ...{ name: 'siaga_notify_over_budget', labels },
      help: '1 for a platform that is sent nothing without a person, because it rejected or disputed too much',
      read: (found) => found.map(({ platform, overBudget }) => [Number(overBudget), { platform }]),
    },
    {
      ...{ name: 'siaga_notify_wrong_ratio', labels },
      help: 'Share of the judged notices that a platform rejected or disputed, over the days of its budget',
      read: (found) =>
        found.flatMap(({ platform, judged, wrong }) => (judged === 0 ? [] : [[wrong / judged, { platform }] as const])),
    },
    {
      ...{ name: 'siaga_notify_wrong_budget_ratio', labels },
      help: 'Share of the judged notices that may be wrong by policy',
      read: (found) => found.map(({ platform, budget }) => [budget, { platform }]),
    },
  ]);
}

/** Clocks of notices and waits of deliveries. */
function gaugeDeadlines(registry: Registry, db: Queryable): void {
  gaugesFrom(registry, () => noticesByDue(db), [
    {
      name: 'siaga_notify_open_notices',
      help: 'Notices whose clock runs, by what is left of it (overdue, soon: less than an hour, later)',
      labels: ['platform', 'due'],
      read: (found) =>
        found.flatMap(({ platform, ...counts }) =>
          Object.entries(counts).map(([due, count]) => [count, { platform, due }] as const),
        ),
    },
  ]);
  gaugesFrom(registry, () => deliveryWaits(db), [
    {
      name: 'siaga_notify_delivery_wait_seconds',
      help: 'Age of the oldest delivery to a platform that is due or was tried in vain, whatever holds it',
      labels: ['platform'],
      read: (found) => found.map(({ platform, seconds }) => [seconds, { platform }]),
    },
  ]);
}

/** What became of reported posts. */
function gaugeRemovals(registry: Registry, db: Queryable): void {
  gaugesFrom(registry, () => removalTimes(db, REMOVAL_DAYS), [
    {
      name: 'siaga_notify_removal_median_seconds',
      help: `Median time from a notice's delivery until a post was found gone, of those that went, over ${REMOVAL_DAYS} days`,
      labels: ['platform'],
      read: (found) =>
        found.flatMap(({ platform, medianSeconds }) =>
          medianSeconds === null ? [] : [[medianSeconds, { platform }] as const],
        ),
    },
    {
      name: 'siaga_notify_watched_posts',
      help: `Reported posts by what they were found to be, of notices delivered in ${REMOVAL_DAYS} days`,
      labels: ['platform', 'state'],
      read: (found) =>
        found.flatMap(({ platform, states }) =>
          Object.entries(states).map(([state, count]) => [count, { platform, state }] as const),
        ),
    },
  ]);
}

/** PostgreSQL as it sees itself. */
function gaugeDatabase(registry: Registry, db: Queryable): void {
  gaugesFrom(registry, () => databaseHealth(db), [
    {
      name: 'siaga_database_connections',
      help: 'Connections to PostgreSQL from all clients',
      read: ({ connections }) => [[connections]],
    },
    {
      name: 'siaga_database_connections_max',
      help: 'Connections that PostgreSQL takes',
      read: ({ maxConnections }) => [[maxConnections]],
    },
    { name: 'siaga_database_size_bytes', help: 'Size of the database', read: ({ bytes }) => [[bytes]] },
    {
      name: 'siaga_database_oldest_transaction_seconds',
      help: 'Age of the transaction that has been open longest; it holds up vacuum',
      read: ({ oldestTransactionSeconds }) => [[oldestTransactionSeconds]],
    },
  ]);
}
