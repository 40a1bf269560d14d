import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { topicsOf, type Topics } from '@siaga/contracts';
import { freePort, startKafka, type Kafka } from '@siaga/engines';
import { createLogger } from '@siaga/runtime';
import { ensureTopics, type StreamOptions } from '@siaga/stream';

const PREFIX = 'chaos';

export interface RestartableKafka {
  readonly prefix: string;
  readonly topics: Topics;
  readonly options: StreamOptions;
  /** SIGKILL to the broker, and another one on the same port and data; resolves when that is ready. */
  restart(): Promise<void>;
}

/** A broker of the test file's own, with the fleet's topics, to be killed. Call it at the top level of the file. */
export function useRestartableKafka(): RestartableKafka {
  const started: { folder?: string; kafka?: Kafka; port?: number; options?: StreamOptions } = {};
  const start = async () => {
    const port = (started.port ??= await freePort());
    started.kafka = await startKafka({ port, dataDir: path.join(started.folder as string, 'kafka') });
  };
  beforeAll(async () => {
    started.folder = await mkdtemp(path.join(tmpdir(), 'siaga-chaos-'));
    await start();
    started.options = {
      brokers: `127.0.0.1:${started.port}`,
      clientId: PREFIX,
      log: createLogger('test', 'silent'),
    };
    await ensureTopics(started.options, Object.values(topicsOf(PREFIX)));
  }, 120_000);
  afterAll(async () => {
    await started.kafka?.stop();
    if (started.folder) await rm(started.folder, { recursive: true, force: true });
  });
  return {
    prefix: PREFIX,
    topics: topicsOf(PREFIX),
    get options() {
      if (!started.options) throw new Error('Kafka can be used from the first beforeAll on');
      return started.options;
    },
    async restart() {
      const { kafka } = started;
      if (kafka) process.kill(kafka.pid, 'SIGKILL');
      await kafka?.exited;
      await start();
    },
  };
}
