import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { requireDisk } from './disk.js';
import { EngineError } from './engine-error.js';
import { engineEnvironment, type EngineEnvironment } from './environment.js';
import { runCommand } from './run-command.js';

export const KAFKA_VERSION = '4.3.1';

const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1';
const DOWNLOADS_AT_ONCE = 8;
const lockFile = path.join(import.meta.dirname, '..', `kafka-jars-${KAFKA_VERSION}.lock.json`);

interface Jar {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

type Progress = (message: string) => void;

/** Where Kafka lies, or will lie. */
export function kafkaFolder(environment: EngineEnvironment): string {
  return path.join(environment.cacheFolder, `kafka_2.13-${KAFKA_VERSION}`);
}

/**
 * Fetches Apache Kafka's jars (44 MB) into the cache, once: by Maven, or by HTTPS from MAVEN_REPO_URL. Every jar is
 * checked against the lock file. The folder appears whole or not at all, so a killed or simultaneous install does no harm.
 *
 * @returns the folder that holds `libs/`
 * @throws EngineError with the remedy when neither way works, or a jar is not the one in the lock
 */
export async function installKafka(
  onProgress: Progress = () => undefined,
  environment: EngineEnvironment = engineEnvironment(),
): Promise<string> {
  const folder = kafkaFolder(environment);
  if (existsSync(folder)) return folder;
  await requireDisk(environment.cacheFolder);
  const { jars } = JSON.parse(await readFile(lockFile, 'utf8')) as { jars: Jar[] };
  const scratch = await mkdtemp(`${folder}.incomplete-`);
  try {
    const libs = path.join(scratch, 'libs');
    await mkdir(libs);
    if (environment.mavenRepoUrl) await fetchByHttp(environment.mavenRepoUrl, jars, libs, onProgress);
    else await fetchByMaven(environment, jars, libs, scratch, onProgress);
    for (const jar of jars) await verify(jar, libs);
    await rename(scratch, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return folder;
}

async function fetchByMaven(
  environment: EngineEnvironment,
  jars: readonly Jar[],
  libs: string,
  scratch: string,
  onProgress: Progress,
): Promise<void> {
  const pom = path.join(scratch, 'pom.xml');
  await writeFile(pom, pomOf(KAFKA_VERSION));
  const wanted = new Set(jars.map((jar) => path.basename(jar.path)));
  const local = environment.mavenLocalRepository;
  onProgress('starting Maven');
  const { status, output } = await runCommand(
    'mvn',
    [
      ...['-B', '-f', pom, `${PLUGIN}:copy-dependencies`, '-DincludeScope=runtime', `-DoutputDirectory=${libs}`],
      ...(local ? [`-Dmaven.repo.local=${local}`] : []),
    ],
    {},
    (line) => {
      const [, file] = /^(?:\[INFO\] )?(?:Downloaded from|Copying) .*?([^/ ]+\.jar)\b/.exec(line) ?? [];
      if (file && wanted.delete(file)) onProgress(`${jars.length - wanted.size} of ${jars.length} jars`);
    },
  );
  await rm(pom);
  if (status === -1) {
    throw new EngineError(
      'Kafka is fetched by Maven, and there is no mvn on PATH: install it (Debian: apt-get install maven) or set MAVEN_REPO_URL to a Maven repository',
    );
  }
  if (status !== 0) {
    const plain = stripVTControlCharacters(output);
    const why = plain.split('\n').find((line) => line.includes('ERROR')) ?? plain.trim().split('\n').at(-1);
    throw new EngineError(
      `Maven could not fetch Kafka; check its network and settings, then start again. It said: ${why}`,
    );
  }
}

async function fetchByHttp(
  repository: string,
  jars: readonly Jar[],
  libs: string,
  onProgress: Progress,
): Promise<void> {
  const queue = [...jars];
  const base = repository.replace(/\/+$/, '');
  let done = 0;
  const worker = async () => {
    for (let jar = queue.shift(); jar; jar = queue.shift()) {
      const url = `${base}/${jar.path}`;
      const response = await fetch(url).catch((error: Error) => {
        throw new EngineError(
          `${url} cannot be fetched (${(error.cause as Error | undefined)?.message ?? error.message}): check MAVEN_REPO_URL and the network`,
        );
      });
      if (!response.ok) throw new EngineError(`${url} answered HTTP ${response.status}: check MAVEN_REPO_URL`);
      await writeFile(path.join(libs, path.basename(jar.path)), Buffer.from(await response.arrayBuffer()));
      onProgress(`${++done} of ${jars.length} jars`);
    }
  };
  await Promise.all(Array.from({ length: DOWNLOADS_AT_ONCE }, worker));
}

async function verify(jar: Jar, libs: string): Promise<void> {
  const file = path.join(libs, path.basename(jar.path));
  const content = await readFile(file).catch(() => Buffer.alloc(0));
  if (createHash('sha256').update(content).digest('hex') !== jar.sha256) {
    throw new EngineError(
      `${path.basename(file)} is not the file that ${path.basename(lockFile)} names: check the Maven repository in use`,
    );
  }
}

function pomOf(version: string): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>siaga</groupId><artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging><dependencies>
<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${version}</version></dependency>
<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
</dependencies></project>
`;
}
