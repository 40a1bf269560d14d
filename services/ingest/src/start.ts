import { hostname } from 'node:os';
import { topicsOf } from '@siaga/contracts';
import { readSecrets, SettingsError, type Service } from '@siaga/runtime';
import { openDatabase } from '@siaga/storage';
import { connectProducer, kafkaHealth, streamMetrics } from '@siaga/stream';
import { joinFleet } from './fleet/member.js';
import { ingestMetrics } from './metrics.js';
import { normalFormOf } from './normal-form.js';
import type { PumpOptions } from './pump.js';
import { reloadableRegistry } from './registry/reloadable-registry.js';
import { runSource } from './run-source.js';
import type { Settings } from './settings.js';
import { openSource } from './sources/kinds.js';
import type { SourceContext } from './sources/source.js';

export async function start(service: Service, settings: Settings): Promise<void> {
  const { log, registry, onStop } = service;
  const sources = reloadableRegistry(settings.SIAGA_SOURCES_FILE);
  const secrets = readSecrets(settings.SIAGA_SECRETS_FILE);
  const normalForm = normalFormOf(secrets.get('author-key'));
  const stream = { brokers: settings.SIAGA_KAFKA_BROKERS, clientId: 'siaga-ingest', log };
  const db = openDatabase(settings.SIAGA_DATABASE_URL, {
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
  const pumping: PumpOptions = { db, producer, topics, metrics: ingestMetrics(registry), normalForm };
  const context: SourceContext = {
    log,
    secrets,
    allowPrivateAddresses: settings.SIAGA_ALLOW_PRIVATE_ADDRESSES,
  };
  const fleet = joinFleet({
    db,
    worker: settings.SIAGA_WORKER_ID ?? `${hostname()}-${process.pid}`,
    entries: () => sources.entries,
    run: (entry, held) => runSource(() => openSource(entry, context), held, { ...pumping, log }),
    log,
  });
  onStop('sources', () => fleet.close());
  service.onReload('sources', () => {
    try {
      sources.reload();
      log.info({ sources: sources.entries.length }, 'source registry read again');
      fleet.wake();
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      for (const fault of error.faults) log.error({ fault }, 'source registry not taken, going on with the old one');
    }
  });
}
