import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Flag } from '@siaga/contracts';
import {
  announceFlags,
  insertCampaign,
  insertFlags,
  lockFlagWriting,
  openDatabase,
  type Database,
} from '@siaga/storage';
import { residentMb, startOwnFeed } from '../many-flags/own-feed.js';
import { EMPTY_LEDGER, withId } from './id-ledger.js';
import type { Received, Told } from './subscribers.js';

export interface Served {
  readonly subscribers: number;
  readonly flags: number;
  /** How long recording took: as long as asked, unless the machine is too slow for the rate. */
  readonly seconds: number;
  /** Subscribers whose ledger is not that of the table. */
  readonly missed: number;
  readonly ended: number;
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly slowest: number };
  /** Resident memory of the service, MB: medians of the second third and of the last third. */
  readonly memoryMb: { readonly middle: number; readonly last: number };
}

const SUBSCRIBERS = path.resolve(import.meta.dirname, 'subscribers.js');
/** Flags come in batches, as notify records them. */
const BATCH_MS = 100;
const SAMPLE_MS = 500;
const LATEST_MS = 60_000;

export async function serveMany(
  databaseUrl: string,
  options: {
    readonly subscribers: number;
    readonly rate: number;
    readonly seconds: number;
    readonly env: NodeJS.ProcessEnv;
    readonly say: (message: string) => void;
  },
): Promise<Served> {
  const { subscribers, rate, seconds, env, say } = options;
  const db = openDatabase(databaseUrl, { applicationName: 'many-subscribers', poolSize: 2 });
  const feed = await startOwnFeed(databaseUrl, env);
  const reading = fork(SUBSCRIBERS, [feed.base, String(subscribers)], { env });
  const told = async () => ((await once(reading, 'message')) as [Told])[0];
  try {
    await told();
    say(`${subscribers} subscribers are live`);
    const memory: number[] = [];
    const sampling = setInterval(() => memory.push(residentMb(feed.pid)), SAMPLE_MS);
    const startedAt = performance.now();
    const flags = await record(db, { rate, seconds });
    const took = (performance.now() - startedAt) / 1000;
    clearInterval(sampling);
    const rows = await db.query<{ seq: number }>('select seq::double precision as seq from flags order by seq');
    const wanted = rows.reduce((ledger, { seq }) => withId(ledger, seq), EMPTY_LEDGER);
    const report = async () => {
      const answer = told();
      reading.send('report');
      return (await answer) as Received;
    };
    let received = await report();
    for (const until = Date.now() + LATEST_MS; Date.now() < until; received = await report()) {
      if (received.ledgers.every(({ count }) => count >= wanted.count)) break;
      await wait(SAMPLE_MS);
    }
    const latencies = received.latencies.toSorted((a, b) => a - b);
    const at = (share: number) =>
      latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? NaN;
    const third = Math.floor(memory.length / 3);
    return {
      ...{ subscribers, flags, seconds: Math.round(took) },
      missed: received.ledgers.filter(({ count, hash }) => count !== wanted.count || hash !== wanted.hash).length,
      ended: received.ended,
      latencyMs: { p50: at(0.5), p99: at(0.99), slowest: at(1) },
      memoryMb: { middle: median(memory.slice(third, 2 * third)), last: median(memory.slice(2 * third)) },
    };
  } finally {
    reading.kill('SIGKILL');
    feed.stop();
    await db.close();
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Records flags at the rate, a batch a tenth of a second, and does not hurry to make up for what came too late. */
async function record(db: Database, { rate, seconds }: { rate: number; seconds: number }): Promise<number> {
  const campaignId = randomUUID();
  await insertCampaign(db, { campaignId, category: 'hate', signature: [1], bands: [1] });
  const size = Math.round((rate * BATCH_MS) / 1000);
  const batches = Math.round((seconds * 1000) / BATCH_MS);
  const startedAt = Date.now();
  for (let batch = 0; batch < batches; batch++) {
    await wait(Math.max(0, startedAt + batch * BATCH_MS - Date.now()));
    const rows = Array.from({ length: size }, (_none, i) => ({
      flag: aFlag(batch * size + i),
      ...{ campaignId, reported: false },
    }));
    await db.transaction(async (tx) => {
      await lockFlagWriting(tx);
      await insertFlags(tx, rows);
      await announceFlags(tx);
    });
  }
  return batches * size;
}

/** Of the size of a common post. */
function aFlag(number: number): Flag {
  const now = new Date().toISOString();
  const id = `many:${number}`;
  const text = `kiriman nomor ${number} tentang harga cabai dan antrean panjang di pasar, dibaca banyak orang pagi ini`;
  return {
    schemaVersion: 1,
    flagId: `${id}#hate`,
    post: {
      ...{ schemaVersion: 1, id, platform: 'demo', url: `http://demo.invalid/p/${number}`, source: 'many' },
      ...{ text, createdAt: now, seenAt: now, visibility: 'public' },
    },
    category: 'hate',
    score: 0.95,
    threshold: 0.9,
    escalateThreshold: 0.97,
    scores: { hoax: 0.1, hate: 0.95, bullying: 0.2 },
    model: { name: 'many', version: '1' },
    reasons: [{ kind: 'token', token: 'antrean', weight: 1.5 }],
    textSha256: '0'.repeat(64),
    flaggedAt: now,
  };
}
