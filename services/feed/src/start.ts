import { fileURLToPath } from 'node:url';
import { SettingsError, type Service } from '@siaga/runtime';
import { databaseUrlOf, FLAGS_CHANNEL, listen, openDatabase } from '@siaga/storage';
import { accessOf } from './auth/access.js';
import { oidcOf } from './auth/oidc/oidc-settings.js';
import { buildApp } from './app.js';
import { createLive } from './live/live.js';
import { feedMetrics, gaugeSubscriptions } from './metrics.js';
import { isUsableZone } from './report/month.js';
import type { Settings } from './settings.js';
import { startSubscriptions } from './subscriptions/start-subscriptions.js';

/** Where Vite puts the console, seen from src and from dist alike. */
const CONSOLE_DIR = fileURLToPath(new URL('../dist/console', import.meta.url));

export async function start(service: Service, settings: Settings): Promise<void> {
  const { log, registry, onStop } = service;
  const { SIAGA_TIME_ZONE: timeZone, CHROMIUM_PATH: chromiumPath, PATH: searchPath } = settings;
  if (!isUsableZone(timeZone)) throw new SettingsError([`SIAGA_TIME_ZONE: ${timeZone} is no time zone of whole hours`]);
  const oidc = oidcOf(settings);
  const databaseUrl = databaseUrlOf(settings);
  const db = openDatabase(databaseUrl, {
    applicationName: 'siaga-feed',
    onIdleError: (err) => log.warn({ err }, 'database connection lost'),
  });
  onStop('database', () => db.close());
  service.readyWhen('database', async () => void (await db.query('select 1')));

  let isListening = false;
  service.readyWhen('http', async () => {
    if (!isListening) throw new Error('not listening yet');
  });

  const metrics = feedMetrics(registry);
  const live = createLive({ db, log, metrics, maxClients: settings.SIAGA_FEED_STREAM_CLIENTS });
  onStop('live stream', () => live.close());
  const listener = listen(databaseUrl, {
    applicationName: 'siaga-feed-listen',
    channels: [FLAGS_CHANNEL],
    onNotified: () => live.wake(),
    onConnected: () => live.resynchronise(),
    onLost: (err) => log.warn({ err }, 'listening connection lost, polling until it is back'),
  });
  onStop('listener', () => listener.close());

  gaugeSubscriptions(registry, db);
  const subscriptions = startSubscriptions(service, settings, { db, metrics });

  const access = accessOf(settings);
  const app = await buildApp({
    ...{ db, live, log, metrics, consoleDir: CONSOLE_DIR },
    access,
    subscriptions,
    oidc,
    decisions: {
      publisher: settings.SIAGA_FEED_PUBLISHER,
      publicUrl: access.publicUrl,
      secondReviewShare: settings.SIAGA_FEED_SECOND_REVIEW_SHARE,
    },
    trustProxy: settings.SIAGA_FEED_TRUST_PROXY,
    prometheusUrl: settings.SIAGA_FEED_PROMETHEUS_URL,
    report: { timeZone, chromiumPath, searchPath },
  });
  onStop('http', () => app.close());
  const address = await app.listen({ host: settings.SIAGA_FEED_HOST, port: settings.SIAGA_FEED_PORT });
  isListening = true;
  log.info({ address }, 'serving the feed');
}
