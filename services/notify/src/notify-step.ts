import { flagCodec, isCanary, type Flag } from '@siaga/contracts';
import { NO_TRACING, postHash, type Logger, type Tracing } from '@siaga/runtime';
import { lockFlagWriting, type Database } from '@siaga/storage';
import { done, followTraces, poison, type BatchStep } from '@siaga/stream';
import type { NotifyMetrics } from './metrics.js';
import type { Policy } from './policy.js';
import { recordFlags } from './record-flags.js';

/**
 * Turns a micro-batch of `siaga.flags` into rows, in one transaction. A canary's flag takes the same lock in it and becomes no row, so
 * that nothing which is read from rows can show it.
 */
export function notifyStep(options: {
  db: Database;
  policy: () => Policy;
  metrics: NotifyMetrics;
  log?: Logger;
  tracing?: Tracing;
}): BatchStep {
  const { db, policy, metrics, log, tracing = NO_TRACING } = options;
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
      const traces = followTraces(messages, tracing, 'record flag');
      const alerts = flags.filter(({ post }) => !isCanary(post));
      const results = await db.transaction(async (tx) => {
        await lockFlagWriting(tx);
        return alerts.length > 0 ? recordFlags(tx, alerts, policy()) : [];
      });
      traces.end();
      const now = Date.now();
      for (const { flaggedAt } of flags) metrics.flagFreshness.observe(Math.max(0, now - Date.parse(flaggedAt)) / 1000);
      for (const { post } of flags.filter((flag) => isCanary(flag.post))) {
        metrics.canary.observe(Math.max(0, now - Date.parse(post.seenAt)) / 1000);
        metrics.canaryAt.set(now / 1000);
      }
      for (const { flag, repeated, debunked, campaignOpened, noticeOpened } of results) {
        const { category } = flag;
        if (log?.isLevelEnabled('debug'))
          log.debug({ post: postHash(flag.post.id), category, repeated, noticeOpened }, 'flag recorded');
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
