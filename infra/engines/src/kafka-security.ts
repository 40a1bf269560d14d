import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from './engine-error.js';
import type { Java } from './java.js';
import { runCommand } from './run-command.js';

/** What a broker's secure listener is made of. */
export interface KafkaSecurity {
  readonly port: number;
  readonly caFile: string;
  /** Lines of the broker's settings. */
  readonly properties: string;
  /** Of `kafka-storage format`: the users whom a new broker knows. */
  readonly formatOptions: readonly string[];
}

const MECHANISM = 'SCRAM-SHA-512';
/** The key never leaves this machine, and the file's mode guards it; PKCS12 wants a password all the same. */
const STORE_PASSWORD = 'siaga-loopback';

/**
 * A certificate of this machine's own for 127.0.0.1 beside the data folder, and the settings of a listener that shows it.
 *
 * @throws EngineError when Java's keytool cannot make it
 */
export async function kafkaSecurity(
  java: Java,
  dataDir: string,
  { port, users }: { readonly port: number; readonly users: Readonly<Record<string, string>> },
): Promise<KafkaSecurity> {
  const store = `${dataDir}.keystore.p12`;
  const caFile = `${dataDir}.ca.pem`;
  if (!existsSync(caFile)) await makeCertificate(java, store, caFile);
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  return {
    port,
    caFile,
    formatOptions: Object.entries(users).flatMap(([name, password]) => [
      ...['--add-scram', `${MECHANISM}=[name=${name},password=${password}]`],
    ]),
    properties: `ssl.keystore.type=PKCS12
ssl.keystore.location=${store}
ssl.keystore.password=${STORE_PASSWORD}
listener.name.clients.sasl.enabled.mechanisms=${MECHANISM}
listener.name.clients.${MECHANISM.toLowerCase()}.sasl.jaas.config=${scram}
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
allow.everyone.if.no.acl.found=false
super.users=User:ANONYMOUS;User:admin
`,
  };
}

async function makeCertificate(java: Java, store: string, caFile: string): Promise<void> {
  await rm(store, { force: true });
  // Beside the java that was found, or on PATH as that is.
  const keytool = java.command.includes(path.sep) ? path.join(path.dirname(java.command), 'keytool') : 'keytool';
  const access = ['-keystore', store, '-storetype', 'PKCS12', '-storepass', STORE_PASSWORD, '-alias', 'siaga'];
  const run = async (args: readonly string[]) => {
    const { status, output } = await runCommand(keytool, [...args, ...access]);
    if (status !== 0) throw new EngineError(`${keytool} could not make a certificate for Kafka: ${output.trim()}`);
    return output;
  };
  await run([
    ...['-genkeypair', '-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', '3650', '-dname', 'CN=siaga'],
    ...['-ext', 'san=ip:127.0.0.1,dns:localhost', '-ext', 'bc=ca:true'],
  ]);
  const [certificate] = /-----BEGIN[\s\S]*END CERTIFICATE-----/.exec(await run(['-exportcert', '-rfc'])) ?? [];
  await writeFile(caFile, `${certificate}\n`);
}
