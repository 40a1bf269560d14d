import { setTimeout as wait } from 'node:timers/promises';
import { topicsOf } from '@siaga/contracts';
import { readSecrets, readYamlFile, SettingsError, type Service } from '@siaga/runtime';
import { openDatabase } from '@siaga/storage';
import { connectProducer, kafkaHealth, streamMetrics } from '@siaga/stream';
import { ingestMetrics } from './metrics.js';
import { normalFormOf } from './normal-form.js';
import { pump, type PumpOptions } from './pump.js';
import { SourcesFile, type Settings } from './settings.js';
import { openSource } from './sources/open-source.js';
import type { Source } from './sources/source.js';

const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 60_000;

export async function start(service: Service, settings: Settings): Promise<void> {
  const { log, registry, onStop } = service;
  const { sources } = readYamlFile(settings.SIAGA_SOURCES_FILE, SourcesFile);
  requireUniqueNames(sources.map((source) => source.name));
  const authorKey = readSecrets(settings.SIAGA_SECRETS_FILE).get('author-key');
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

  const options: PumpOptions = {
    db,
    producer,
    topics: topicsOf(settings.SIAGA_TOPIC_PREFIX),
    metrics: ingestMetrics(registry),
    normalForm: normalFormOf(authorKey),
  };
  const stopping = new AbortController();
  const pumps = sources.map((entry) =>
    keepPumping(openSource(entry, { allowPrivateAddresses: settings.SIAGA_ALLOW_PRIVATE_ADDRESSES, log }), options, {
      service,
      signal: stopping.signal,
    }),
  );
  onStop('sources', async () => {
    stopping.abort();
    await Promise.all(pumps);
  });
}

/** One failing source must not stop the others: it is opened again, with growing pauses. */
async function keepPumping(
  source: Source,
  options: PumpOptions,
  { service, signal }: { service: Service; signal: AbortSignal },
): Promise<void> {
  const { log } = service;
  for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(MAX_PAUSE_MS, pauseMs * 2)) {
    try {
      await pump(source, options, signal);
      if (!signal.aborted) log.info({ source: source.name }, 'source has ended');
      return;
    } catch (err) {
      options.metrics.failures.inc({ source: source.name });
      log.warn({ err, source: source.name, pauseMs }, 'source failed, opening it again');
      await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

function requireUniqueNames(names: readonly string[]): void {
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  if (twice.length > 0) throw new SettingsError([`sources share a name: ${[...new Set(twice)].join(', ')}`]);
}
