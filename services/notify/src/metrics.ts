import {
  closedChannels,
  countDeliveries,
  outboxBacklog,
  platformPrecisions,
  removalTimes,
  sendingSwitch,
  type Queryable,
} from '@siaga/storage';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export function notifyMetrics(registry: Registry) {
  const registers = [registry];
  return {
    flags: new Counter({
      name: 'siaga_notify_flags_total',
      help: 'Flags by category and what came of them (recorded, repeated, debunked: it gained a claim; audit: a post picked at random, no alert)',
      labelNames: ['category', 'outcome'],
      registers,
    }),
    campaigns: new Counter({
      name: 'siaga_notify_campaigns_total',
      help: 'Campaigns opened',
      labelNames: ['category'],
      registers,
    }),
    notices: new Counter({
      name: 'siaga_notify_notices_total',
      help: 'Notices opened',
      labelNames: ['platform', 'category'],
      registers,
    }),
    removed: new Counter({
      name: 'siaga_notify_removed_texts_total',
      help: 'Flags whose text was deleted because the author took the post down, changed it or left',
      registers,
    }),
    retained: new Counter({
      name: 'siaga_notify_retention_removed_total',
      help: 'What retention has removed: rows, or what they said, by class of data',
      labelNames: ['class'],
      registers,
    }),
    attempts: new Counter({
      name: 'siaga_notify_delivery_attempts_total',
      help: 'Attempts to deliver a notice, by result (delivered, known, retry, uncertain, failed, closed, unsure, by-hand)',
      labelNames: ['platform', 'result'],
      registers,
    }),
    redirected: new Counter({
      name: 'siaga_notify_redirected_total',
      help: 'Deliveries that go the fallback way, by what was wrong with the first (failing, refused, closed)',
      labelNames: ['platform', 'why'],
      registers,
    }),
    deliverySeconds: new Histogram({
      name: 'siaga_notify_delivery_seconds',
      help: 'Time of one attempt to deliver',
      labelNames: ['platform'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    deadlines: new Counter({
      name: 'siaga_notify_deadline_events_total',
      help: 'Reminders (reminder-1 at half, reminder-2 at four fifths of the time) and deadlines that passed (breach)',
      labelNames: ['platform', 'event'],
      registers,
    }),
    looks: new Counter({
      name: 'siaga_notify_post_looks_total',
      help: 'Reported posts looked up again, by what was found (up, edited, gone, deleted, unknown: nothing could be told)',
      labelNames: ['platform', 'result'],
      registers,
    }),
    answers: new Counter({
      name: 'siaga_notify_answers_total',
      help: 'Answers of platforms by state; states that we do not know count as other',
      labelNames: ['platform', 'state'],
      registers,
    }),
  };
}

export type NotifyMetrics = ReturnType<typeof notifyMetrics>;

/** Read from the database whenever somebody scrapes: every process says the same, and a database that is down, nothing. */
export function gaugeSending(registry: Registry, db: Queryable): void {
  new Gauge({
    name: 'siaga_notify_sending_stopped',
    help: '1 while the kill switch is on',
    registers: [registry],
    async collect() {
      const { stopped } = await sendingSwitch(db).catch(() => ({ stopped: NaN }));
      this.set(Number(stopped));
    },
  });
  new Gauge({
    name: 'siaga_notify_closed_channels',
    help: 'Ways to platforms whose other end takes no more, so that deliveries wait',
    labelNames: ['platform'],
    registers: [registry],
    async collect() {
      const closed = await closedChannels(db).catch(() => []);
      this.reset();
      for (const { platform } of closed) this.inc({ platform });
    },
  });
  new Gauge({
    name: 'siaga_notify_over_budget',
    help: '1 for a platform that is sent nothing without a person, because it rejected or disputed too much',
    labelNames: ['platform'],
    registers: [registry],
    async collect() {
      const precisions = await platformPrecisions(db).catch(() => []);
      this.reset();
      for (const { platform, overBudget } of precisions) this.set({ platform }, Number(overBudget));
    },
  });
  new Gauge({
    name: 'siaga_notify_deliveries',
    help: 'Deliveries by state',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const counts = await countDeliveries(db).catch(() => []);
      this.reset();
      for (const { state, count } of counts) this.set({ state }, count);
    },
  });
}

const DAYS = 30;

/** What waits to be published, read like the above. */
export function gaugeOutbox(registry: Registry, db: Queryable): void {
  new Gauge({
    name: 'siaga_notify_outbox_age_seconds',
    help: 'Age of the oldest decision or claim that waits to be published on its topic; 0 when none does',
    registers: [registry],
    async collect() {
      const { oldest } = await outboxBacklog(db).catch(() => ({ oldest: null }));
      this.set(oldest ? Math.max(0, Date.now() - oldest.getTime()) / 1000 : 0);
    },
  });
}

/** What became of reported posts, read like the above. */
export function gaugeRemovals(registry: Registry, db: Queryable): void {
  let looking: ReturnType<typeof removalTimes> | undefined;
  /** One look for both, which are collected at the same time. */
  const removals = () =>
    (looking ??= removalTimes(db, DAYS)
      .catch(() => [])
      .finally(() => (looking = undefined)));
  new Gauge({
    name: 'siaga_notify_removal_median_seconds',
    help: `Median time from a notice's delivery until a post was found gone, of those that went, over ${DAYS} days`,
    labelNames: ['platform'],
    registers: [registry],
    async collect() {
      const found = await removals();
      this.reset();
      for (const { platform, medianSeconds } of found)
        if (medianSeconds !== null) this.set({ platform }, medianSeconds);
    },
  });
  new Gauge({
    name: 'siaga_notify_watched_posts',
    help: `Reported posts by what they were found to be, of notices delivered in ${DAYS} days`,
    labelNames: ['platform', 'state'],
    registers: [registry],
    async collect() {
      const found = await removals();
      this.reset();
      for (const { platform, states } of found)
        for (const [state, count] of Object.entries(states)) this.set({ platform, state }, count);
    },
  });
}
