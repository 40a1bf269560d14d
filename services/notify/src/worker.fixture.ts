import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestDatabase, TestKafka } from '@siaga/testkit';

/** The environment of a worker of its own process, which goes by this policy. */
export async function workerSettings(
  { kafka, database }: { readonly kafka: TestKafka; readonly database: TestDatabase },
  policy: object,
  secrets: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'siaga-notify-'));
  const [policyFile, secretsFile] = [path.join(folder, 'policy.yaml'), path.join(folder, 'secrets.json')];
  await writeFile(policyFile, JSON.stringify(policy));
  await writeFile(secretsFile, JSON.stringify(secrets), { mode: 0o600 });
  return {
    SIAGA_KAFKA_BROKERS: kafka.brokers,
    SIAGA_TOPIC_PREFIX: kafka.prefix,
    SIAGA_DATABASE_URL: database.url,
    SIAGA_POLICY_FILE: policyFile,
    SIAGA_SECRETS_FILE: secretsFile,
    SIAGA_NOTIFY_PORT: '0',
    SIAGA_PUBLIC_URL: 'http://127.0.0.1:1',
    SIAGA_ALLOW_PRIVATE_ADDRESSES: 'true',
    SIAGA_LOG_LEVEL: 'warn',
  };
}
