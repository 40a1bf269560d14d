import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { topicsOf, type Topics } from '@siaga/contracts';
import { freePort, startFaultProxy, startKafka, type FaultProxy, type Kafka } from '@siaga/engines';
import { createLogger } from '@siaga/runtime';
import { ensureTopics, type StreamOptions } from '@siaga/stream';

const PREFIX = 'chaos';

export interface RestartableKafka {
  readonly prefix: string;
  readonly topics: Topics;
  readonly options: StreamOptions;
  /** The same broker by way of a proxy. */
  readonly detour: StreamOptions;
  readonly proxy: FaultProxy;
  /** SIGKILL to the broker, and another one on the same port and data; resolves when that is ready. */
  restart(): Promise<void>;
}

/** A broker of the test file's own, with the fleet's topics, to be killed. Call it at the top level of the file. */
export function useRestartableKafka(): RestartableKafka {
  const started: { folder?: string; kafka?: Kafka; options?: StreamOptions; proxy?: FaultProxy } = {};
  const ports = { port: 0, listensOn: 0 };
  const start = async () => {
    const detour = { listensOn: ports.listensOn, foundAt: ready(started.proxy).port };
    started.kafka = await startKafka({ ...ports, detour, dataDir: path.join(started.folder as string, 'kafka') });
  };
  beforeAll(async () => {
    started.folder = await mkdtemp(path.join(tmpdir(), 'siaga-chaos-'));
    ports.port = await freePort();
    ports.listensOn = await freePort();
    started.proxy = await startFaultProxy({ upstreamPort: ports.listensOn });
    await start();
    started.options = {
      brokers: `127.0.0.1:${ports.port}`,
      clientId: PREFIX,
      log: createLogger('test', 'silent'),
    };
    await ensureTopics(started.options, Object.values(topicsOf(PREFIX)));
  }, 120_000);
  afterAll(async () => {
    await started.kafka?.stop();
    await started.proxy?.close();
    if (started.folder) await rm(started.folder, { recursive: true, force: true });
  });
  const ready = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('Kafka can be used from the first beforeAll on');
    return value;
  };
  return {
    prefix: PREFIX,
    topics: topicsOf(PREFIX),
    get options() {
      return ready(started.options);
    },
    get detour() {
      return { ...ready(started.options), brokers: `127.0.0.1:${ready(started.proxy).port}` };
    },
    get proxy() {
      return ready(started.proxy);
    },
    async restart() {
      const { kafka } = started;
      if (kafka) process.kill(kafka.pid, 'SIGKILL');
      await kafka?.exited;
      await start();
    },
  };
}
