import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import type { Category } from '@siaga/contracts';
import { createLogger } from '@siaga/runtime';
import {
  announceFlags,
  asRole,
  FLAGS_CHANNEL,
  insertCampaign,
  insertFlag,
  listen,
  lockFlagWriting,
  openDatabase,
  type Database,
} from '@siaga/storage';
import type { aFlag, TestDatabase } from '@siaga/testkit';
import { buildApp, type AppOptions } from './app.js';
import { DEFAULT_ACCESS, type AccessOptions } from './auth/access.js';
import { createLive } from './live/live.js';
import { feedMetrics } from './metrics.js';

/** The real app on a real database, of which it may do no more than in production, listening. */
export async function startFeed(
  { url: ownerUrl }: TestDatabase,
  options: {
    port?: number;
    consoleDir?: string;
    maxClients?: number;
    heartbeatMs?: number;
    access?: Partial<AccessOptions>;
    oidc?: AppOptions['oidc'];
    decisions?: AppOptions['decisions'];
    onRoute?: AppOptions['onRoute'];
    subscriptions?: AppOptions['subscriptions'];
    prometheusUrl?: string;
    moreRoutes?: (app: FastifyInstance) => void;
  } = {},
) {
  const { port = 0, consoleDir, maxClients = 20, heartbeatMs = 50 } = options;
  const log = createLogger('test', 'silent');
  const url = asRole(ownerUrl, 'siaga_feed');
  const db = openDatabase(url, { applicationName: 'feed', poolSize: 5 });
  const metrics = feedMetrics(new Registry());
  const live = createLive({ db, log, metrics, maxClients, heartbeatMs, accessMs: 50 });
  const listener = listen(url, {
    applicationName: 'feed-listen',
    channels: [FLAGS_CHANNEL],
    onNotified: live.wake,
    onConnected: live.resynchronise,
    onLost: () => undefined,
  });
  const app = await buildApp({
    ...{ db, live, log, metrics },
    ...(consoleDir === undefined ? {} : { consoleDir }),
    oidc: options.oidc,
    ...(options.decisions ? { decisions: options.decisions } : {}),
    ...(options.onRoute ? { onRoute: options.onRoute } : {}),
    ...(options.subscriptions ? { subscriptions: options.subscriptions } : {}),
    prometheusUrl: options.prometheusUrl,
    // Most tests read, and are about something else.
    access: { ...DEFAULT_ACCESS, anonymous: 'viewer', requestsAMinute: 1_000_000, ...options.access },
  });
  options.moreRoutes?.(app);
  const base = await app.listen({ port, host: '127.0.0.1' });
  return {
    app,
    base,
    async stop() {
      await Promise.all([app.close(), listener.close()]);
      await db.close();
    },
  };
}

export type RunningFeed = Awaited<ReturnType<typeof startFeed>>;

export async function openCampaign(db: Database, category: Category = 'hate'): Promise<string> {
  const campaignId = randomUUID();
  await insertCampaign(db, { campaignId, category, signature: [1], bands: [1] });
  return campaignId;
}

/** Records flags as the notifier does: under the lock, announced when they are committed. */
export async function recordFlags(
  db: Database,
  campaignId: string,
  flags: readonly ReturnType<typeof aFlag>[],
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockFlagWriting(tx);
    for (const flag of flags) {
      const alert = { campaignId, reported: flag.score >= flag.escalateThreshold };
      await insertFlag(tx, flag, flag.audit ? { campaignId: null, reported: false } : alert);
    }
    await announceFlags(tx);
  });
}
