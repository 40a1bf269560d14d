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
    rumours: new Counter({
      name: 'siaga_notify_rumours_total',
      help: 'Texts that enough people posted alike to be shown as rumours',
      registers,
    }),
    rumourTexts: new Gauge({
      name: 'siaga_notify_rumour_texts',
      help: 'Texts of which this process watches the copies',
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
    flagFreshness: new Histogram({
      name: 'siaga_notify_flag_freshness_seconds',
      help: 'From the verdict that made a flag until the flag is recorded and can be seen',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
      registers,
    }),
    canary: new Histogram({
      name: 'siaga_notify_canary_seconds',
      help: 'Time from the sending of a synthetic post until its flag is here and could have been recorded',
      buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
      registers,
    }),
    canaryAt: new Gauge({
      name: 'siaga_notify_canary_timestamp_seconds',
      help: 'Unix time when the latest synthetic post came through, 0 while none has',
      registers,
    }),
    deliveryFreshness: new Histogram({
      name: 'siaga_notify_delivery_freshness_seconds',
      help: 'From the moment a notice, a revision of it or a message about it was scheduled until the platform has it, the time in which copies gather included',
      labelNames: ['platform'],
      buckets: [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14_400, 86_400],
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
