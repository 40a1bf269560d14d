import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { requireDisk } from './disk.js';
import { EngineError } from './engine-error.js';
import { startEngine, type EngineProcess } from './engine-process.js';
import { canWrite, engineEnvironment } from './environment.js';
import { freePort, requirePort } from './free-port.js';
import { findJava, type Java } from './java.js';
import { installKafka } from './kafka-install.js';
import { kafkaProperties, type KafkaProperties } from './kafka-properties.js';
import { kafkaIsReady } from './kafka-ready.js';
import { kafkaSecurity, type KafkaSecurity } from './kafka-security.js';
import { runCommand } from './run-command.js';

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;
const quiet = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';

export interface KafkaOptions extends Pick<KafkaProperties, 'detour' | 'stampedByBroker'> {
  readonly port: number;
  /** Any free one when not given. */
  readonly controllerPort?: number;
  /** Formatted when it is new; `<dataDir>.properties` and `<dataDir>.log` lie beside it. */
  readonly dataDir: string;
  readonly heap?: string;
  /**
   * A listener beside the plain one, on a port of its own, that wants TLS and these users' passwords (SCRAM-SHA-512), and access lists that deny what
   * they do not allow. Whoever comes by the plain port may do everything, as may `admin`.
   */
  readonly secure?: { readonly port: number; readonly users: Readonly<Record<string, string>> };
  /** In a process group of its own, so that Ctrl-C in the terminal does not reach it before its clients have stopped. */
  readonly detached?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
}

export interface Kafka extends EngineProcess {
  readonly brokers: readonly string[];
  /** PEM file of the authority behind the secure listener's certificate. */
  readonly caFile?: string;
}

/**
 * One node of Apache Kafka on 127.0.0.1, ready when it resolves. Installs Kafka when the cache does not have it.
 *
 * @throws EngineError in one line with the remedy: no Java, no Maven, port taken, disk full
 */
export async function startKafka(options: KafkaOptions): Promise<Kafka> {
  const environment = engineEnvironment();
  const dataDir = path.resolve(options.dataDir);
  if (dataDir.includes(','))
    throw new EngineError(`Kafka cannot keep data in ${dataDir}: choose a path without a comma`);
  const java = await findJava(environment.javaHome);
  const folder = await installKafka(options.onProgress, environment);
  await requireDisk(dataDir);
  await requirePort(options.port, 'Kafka');
  const controllerPort = options.controllerPort ?? (await freePort());
  const properties = `${dataDir}.properties`;
  const security = options.secure && (await kafkaSecurity(java, dataDir, options.secure));
  await writeFile(properties, kafkaProperties({ ...options, controllerPort, dataDir, security }));
  const classPath = path.join(folder, 'libs', '*');
  const classes = await classArchive(folder, java);
  if (!existsSync(path.join(dataDir, 'meta.properties'))) await format(java, classPath, properties, dataDir, security);
  const kafka = await startEngine({
    name: 'Kafka',
    command: java.command,
    args: [
      ...[`-Xmx${options.heap ?? '256m'}`, '-XX:+UseSerialGC', '-XX:+ExitOnOutOfMemoryError', ...classes.flags],
      ...[quiet, '-cp', classPath, 'kafka.Kafka', properties],
    ],
    options: { detached: options.detached ?? false },
    logFile: `${dataDir}.log`,
    stopSignal: 'SIGTERM',
    isReady: () => kafkaIsReady(options.port),
    readyTimeoutMs: READY_TIMEOUT_MS,
    stopTimeoutMs: STOP_TIMEOUT_MS,
    signal: options.signal,
  });
  return {
    ...kafka,
    brokers: [`127.0.0.1:${options.port}`],
    ...(security ? { caFile: security.caFile } : {}),
    stop: async () => {
      await kafka.stop();
      await classes.keep();
    },
  };
}

/** A data folder that a killed format left half made has no meta.properties, and is formatted again. */
async function format(
  java: Java,
  classPath: string,
  properties: string,
  dataDir: string,
  security: KafkaSecurity | undefined,
): Promise<void> {
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const { status, output } = await runCommand(java.command, [
    ...['-Xmx128m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', quiet, '-cp', classPath],
    ...['kafka.tools.StorageTool', 'format', '-t', newClusterId(), '-c', properties],
    ...(security?.formatOptions ?? []),
  ]);
  if (status !== 0) throw new EngineError(`Kafka could not prepare ${dataDir}: ${output.trim()}`);
}

/** A UUID in base64, as Kafka wants it; one that began with a dash would be taken for an option. */
function newClusterId(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] as number) & 0x7f;
  return bytes.toString('base64url');
}

/**
 * Class-data archive (JEP 350): the first broker that stops in good order writes it, and later starts take half the
 * time. It belongs to one version of Java; the JVM ignores one that does not fit.
 */
async function classArchive(folder: string, java: Java) {
  const archive = path.join(folder, `classes-java${java.version}.jsa`);
  const nothing = async () => undefined;
  if (existsSync(archive))
    return { flags: [`-XX:SharedArchiveFile=${archive}`, '-Xlog:cds=off', '-Xlog:cds+dynamic=off'], keep: nothing };
  if (!canWrite(folder)) return { flags: [], keep: nothing };
  const own = `${archive}.${process.pid}`;
  return {
    flags: [`-XX:ArchiveClassesAtExit=${own}`, '-Xlog:cds=off', '-Xlog:cds+dynamic=off'],
    keep: async () => {
      if ((await readdir(folder)).includes(path.basename(own))) await rename(own, archive);
    },
  };
}
