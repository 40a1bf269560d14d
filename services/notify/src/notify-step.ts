import { flagCodec, type Flag } from '@siaga/contracts';
import type { Database } from '@siaga/storage';
import { done, poison, type BatchStep } from '@siaga/stream';
import type { NotifyMetrics } from './metrics.js';
import type { Policy } from './policy.js';
import { recordFlags } from './record-flags.js';

/** Turns a micro-batch of `siaga.flags` into rows, in one transaction. */
export function notifyStep(options: { db: Database; policy: () => Policy; metrics: NotifyMetrics }): BatchStep {
  const { db, policy, metrics } = options;
  return {
    name: 'notify',
    async run(messages) {
      const flags: Flag[] = [];
      const outcomes = messages.map(({ value }) => {
        const decoded = flagCodec.decode(value);
        if (!decoded.ok) return poison(decoded.reason, decoded.detail);
        flags.push(decoded.value);
        return done;
      });
      if (flags.length === 0) return outcomes;
      const results = await db.transaction((tx) => recordFlags(tx, flags, policy()));
      const now = Date.now();
      for (const { flaggedAt } of flags) metrics.flagFreshness.observe(Math.max(0, now - Date.parse(flaggedAt)) / 1000);
      for (const { flag, repeated, debunked, campaignOpened, noticeOpened } of results) {
        const { category } = flag;
        metrics.flags.inc({
          category,
          outcome: debunked ? 'debunked' : repeated ? 'repeated' : flag.audit ? 'audit' : 'recorded',
        });
        if (campaignOpened) metrics.campaigns.inc({ category });
        if (noticeOpened) metrics.notices.inc({ platform: flag.post.platform, category });
      }
      return outcomes;
    },
  };
}
