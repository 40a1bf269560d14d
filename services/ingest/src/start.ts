import { hostname } from 'node:os';
import { topicsOf } from '@siaga/contracts';
import { readSecrets, SettingsError, type Service } from '@siaga/runtime';
import { databaseUrlOf, openDatabase } from '@siaga/storage';
import { connectProducer, kafkaHealth, streamMetrics, streamOptions } from '@siaga/stream';
import { startCanary } from './canary.js';
import { joinFleet } from './fleet/member.js';
import { ingestMetrics } from './metrics.js';
import { normalFormOf } from './normal-form.js';
import type { PumpOptions } from './pump.js';
import { expectEvents } from './quiet-limit.js';
import { gatheredSend } from './push/gathered-send.js';
import { pushApp } from './push/push-app.js';
import { sendersOf } from './push/senders.js';
import { hostRates } from './registry/host-rates.js';
import { reloadableRegistry } from './registry/reloadable-registry.js';
import { runSource } from './run-source.js';
import type { Settings } from './settings.js';
import { isPush, isRead, openSource } from './sources/kinds.js';
import type { SourceContext } from './sources/source.js';
import { sourceWeb } from './web/source-web.js';

/** A sender waits no longer than this; what comes of it after that comes under the same ids. */
const ACKNOWLEDGED_WITHIN_MS = 15_000;

export async function start(service: Service, settings: Settings): Promise<void> {
  const { log, registry, onStop } = service;
  const sources = reloadableRegistry(settings.SIAGA_SOURCES_FILE);
  const secrets = readSecrets(settings.SIAGA_SECRETS_FILE);
  const normalForm = normalFormOf(secrets.get('author-key'));
  const stream = streamOptions(settings, 'siaga-ingest', log);
  const db = openDatabase(databaseUrlOf(settings), {
    applicationName: 'siaga-ingest',
    onIdleError: (err) => log.warn({ err }, 'database connection lost'),
  });
  onStop('database', () => db.close());
  const kafka = kafkaHealth(stream);
  onStop('kafka health', () => kafka.close());
  service.readyWhen('kafka', kafka.check);
  service.readyWhen('database', async () => void (await db.query('select 1')));
  const producer = await connectProducer(stream, streamMetrics(registry));
  onStop('producer', () => producer.close());

  const topics = topicsOf(settings.SIAGA_TOPIC_PREFIX);
  const pumping: PumpOptions = {
    db,
    producer,
    topics,
    metrics: ingestMetrics(registry),
    normalForm,
    tracing: service.tracing,
  };
  const metrics = pumping.metrics;
  let rates = hostRates(sources.entries);
  const { web, robots } = sourceWeb(settings.SIAGA_ALLOW_PRIVATE_ADDRESSES, (host) => rates.get(host));
  onStop('web', () => web.close());
  const context: SourceContext = {
    log,
    secrets,
    web,
    robots,
    allowPrivateAddresses: settings.SIAGA_ALLOW_PRIVATE_ADDRESSES,
  };
  const fleet = joinFleet({
    db,
    worker: settings.SIAGA_WORKER_ID ?? `${hostname()}-${process.pid}`,
    entries: () => sources.entries.filter(isRead),
    run: (entry, held) => {
      const waited = (seconds: number) => metrics.waits.inc({ source: entry.name, cause: 'turn' }, seconds);
      const open = () => openSource(entry, { ...context, web: web.hearing(waited) });
      return runSource(open, held, { ...pumping, log }).finally(expectEvents(entry, metrics));
    },
    log,
  });
  onStop('sources', () => fleet.close());
  let senderOf = sendersOf(sources.entries.filter(isPush), secrets);
  let expected: (() => void)[] = [];
  const expectPushes = () => {
    expected.forEach((stop) => stop());
    expected = sources.entries.filter(isPush).map((entry) => expectEvents(entry, metrics));
  };
  if (settings.SIAGA_PUSH_PORT !== undefined) {
    expectPushes();
    const { send } = gatheredSend(
      (messages) => producer.send([{ topic: topics.posts.name, messages }]),
      ACKNOWLEDGED_WITHIN_MS,
    );
    const app = pushApp({ ...pumping, senderOf: (token) => senderOf(token), send, log });
    onStop('push', () => app.close());
    const address = await app.listen({ host: settings.SIAGA_PUSH_HOST, port: settings.SIAGA_PUSH_PORT });
    log.info({ address }, 'taking pushed posts');
  } else if (sources.entries.some(isPush)) {
    log.warn('the registry has sources of kind push, and SIAGA_PUSH_PORT is not set: nobody can push');
  }
  if (settings.SIAGA_CANARY_SECONDS > 0) {
    const everyMs = settings.SIAGA_CANARY_SECONDS * 1_000;
    const canary = startCanary({ everyMs, producer, topics, metrics, log }, service.crash);
    onStop('canary', () => canary.close());
  }
  service.onReload('sources', () => {
    try {
      sources.reload((entries) => (senderOf = sendersOf(entries.filter(isPush), secrets)));
      rates = hostRates(sources.entries);
      if (settings.SIAGA_PUSH_PORT !== undefined) expectPushes();
      log.info({ sources: sources.entries.length }, 'source registry read again');
      fleet.wake();
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      for (const fault of error.faults) log.error({ fault }, 'source registry not taken, going on with the old one');
    }
  });
}
