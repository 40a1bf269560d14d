import { setTimeout as wait } from 'node:timers/promises';
import { topicsOf } from '@siaga/contracts';
import { connectProducer, ensureTopics, type StreamOptions } from '@siaga/stream';
import { encodedPosts } from './made-up-posts.js';
import { costOf } from './process-cost.js';
import { startSiagaWorker, stopWorker } from './workers.js';

export interface SoakSample {
  readonly seconds: number;
  readonly posts: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly tensors: number;
}

const TICK_MS = 50;
const LOOK_EVERY_MS = 10_000;

/** A steady stream of posts through one worker, and what the worker holds meanwhile. */
export async function soak(options: {
  readonly stream: StreamOptions;
  readonly prefix: string;
  readonly postsPerSecond: number;
  readonly minutes: number;
  readonly messageBytes: number;
  readonly onSample: (sample: SoakSample) => void;
}): Promise<{ samples: SoakSample[]; peakRssMb: number }> {
  const { stream, prefix, postsPerSecond, minutes, messageBytes, onSample } = options;
  const topics = topicsOf(prefix);
  await ensureTopics(stream, Object.values(topics));
  const producer = await connectProducer(stream);
  const { worker, opsUrl } = await startSiagaWorker({ brokers: stream.brokers, prefix });
  const samples: SoakSample[] = [];
  const startedAt = Date.now();
  const seconds = () => (Date.now() - startedAt) / 1000;
  try {
    let sent = 0;
    let lookAt = startedAt + LOOK_EVERY_MS;
    while (seconds() < minutes * 60) {
      const due = Math.floor(seconds() * postsPerSecond) - sent;
      if (due > 0) await producer.send([{ topic: topics.posts.name, messages: encodedPosts(due, messageBytes, sent) }]);
      sent += Math.max(0, due);
      if (Date.now() >= lookAt) {
        lookAt += LOOK_EVERY_MS;
        const metrics = await (await fetch(`${opsUrl}/metrics`)).text();
        const of = (name: string) => Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(metrics)?.[1]);
        const sample = {
          seconds: Math.round(seconds()),
          posts: of('siaga_classify_posts_total'),
          rssMb: Math.round(of('process_resident_memory_bytes') / 2 ** 20),
          heapMb: Math.round(of('nodejs_heap_size_used_bytes') / 2 ** 20),
          tensors: of('siaga_classify_tensors'),
        };
        samples.push(sample);
        onSample(sample);
      }
      await wait(TICK_MS);
    }
    return { samples, peakRssMb: costOf(worker.pid as number).peakRssMb };
  } finally {
    await stopWorker(worker);
    await producer.close();
  }
}
