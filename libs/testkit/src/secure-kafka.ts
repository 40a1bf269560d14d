import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { freePort, startKafka, type Kafka } from '@siaga/engines';
import { createLogger, kafkaSettings, readSettings } from '@siaga/runtime';
import { streamOptions, type StreamOptions } from '@siaga/stream';
import Type from 'typebox';

export interface SecureKafka {
  /** A user's environment, as a service of a secured cluster takes it. */
  settingsOf(user: string): Record<string, string>;
  /** The same for this process; does not wait long for what is denied. */
  optionsOf(user: string): StreamOptions;
}

const PORT_TIMEOUT_MS = 120_000;

/**
 * A broker of the test file's own that takes clients by TLS and SCRAM, and denies what no access list allows. Its user `admin`
 * may do everything. Call it at the top level of the file.
 */
export function useSecureKafka(users: readonly string[]): SecureKafka {
  const started: { folder?: string; kafka?: Kafka; port?: number } = {};
  const passwords = Object.fromEntries(['admin', ...users].map((user) => [user, `sandi-${user}`]));
  const passwordFile = (user: string) => path.join(started.folder as string, `${user}.password`);
  beforeAll(async () => {
    const folder = (started.folder = await mkdtemp(path.join(tmpdir(), 'siaga-secure-')));
    for (const [user, password] of Object.entries(passwords)) await writeFile(passwordFile(user), `${password}\n`);
    started.port = await freePort();
    started.kafka = await startKafka({
      port: await freePort(),
      dataDir: path.join(folder, 'kafka'),
      secure: { port: started.port, users: passwords },
    });
  }, PORT_TIMEOUT_MS);
  afterAll(async () => {
    await started.kafka?.stop();
    if (started.folder) await rm(started.folder, { recursive: true, force: true });
  });
  const settingsOf = (user: string) => ({
    SIAGA_KAFKA_BROKERS: `127.0.0.1:${started.port}`,
    SIAGA_KAFKA_TLS_CA: started.kafka?.caFile ?? '',
    SIAGA_KAFKA_SASL_MECHANISM: 'scram-sha-512',
    SIAGA_KAFKA_SASL_USER: user,
    SIAGA_KAFKA_SASL_PASSWORD_FILE: passwordFile(user),
  });
  return {
    settingsOf,
    optionsOf: (user) => ({
      ...streamOptions(
        readSettings(Type.Object(kafkaSettings), settingsOf(user)),
        `siaga-${user}`,
        createLogger('test', 'silent'),
      ),
      retries: 3,
    }),
  };
}
