import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { createLogger } from '@siaga/runtime';
import {
  announceFlags,
  insertCampaign,
  insertFlag,
  listen,
  lockFlagWriting,
  markDelivered,
  openNotice,
  recordAnswer,
  scheduleRevision,
} from '@siaga/storage';
import { aFlag, until, useDatabase } from '@siaga/testkit';
import { buildApp } from './app.js';
import type { FlagItem } from './flag-item.js';
import { createLive } from './live/live.js';
import { feedMetrics } from './metrics.js';

const database = useDatabase();
const log = createLogger('test', 'silent');
let app: FastifyInstance;
let base: string;
const cleanups: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const metrics = feedMetrics(new Registry());
  const live = createLive({ db: database.db, log, metrics, maxClients: 20, heartbeatMs: 50 });
  const listener = listen(database.url, {
    applicationName: 'feed-listen',
    channels: ['siaga_flags'],
    onNotified: live.wake,
    onConnected: live.resynchronise,
    onLost: () => undefined,
  });
  app = await buildApp({ db: database.db, live, log, metrics });
  base = await app.listen({ port: 0, host: '127.0.0.1' });
  cleanups.push(() => app.close(), listener.close);
});
afterAll(async () => {
  for (const cleanup of cleanups) await cleanup();
});

async function aCampaign(category: 'hate' | 'hoax' | 'bullying' = 'hate') {
  const campaignId = randomUUID();
  await insertCampaign(database.db, { campaignId, category, signature: [1], bands: [1] });
  return campaignId;
}

/** Records flags as the notifier does: under the lock, announced when they are committed. */
async function record(campaignId: string, ...flags: ReturnType<typeof aFlag>[]) {
  await database.db.transaction(async (tx) => {
    await lockFlagWriting(tx);
    for (const flag of flags) await insertFlag(tx, flag, campaignId);
    await announceFlags(tx);
  });
}

async function list(query = ''): Promise<{ items: FlagItem[]; next: string | null }> {
  const answer = await app.inject(`/v1/flags${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

/** Follows the live stream, as an EventSource does, until it is closed. */
function follow(query = '', headers: Record<string, string> = {}) {
  const events: { event: string; id: number | undefined; data: FlagItem }[] = [];
  const stop = new AbortController();
  let heartbeats = 0;
  const read = async () => {
    const answer = await fetch(`${base}/v1/stream${query}`, { headers, signal: stop.signal });
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    let rest = '';
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        if (block === ':') heartbeats++;
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s)));
        if (!fields.data) continue;
        events.push({ event: fields.event, id: fields.id && Number(fields.id), data: JSON.parse(fields.data) });
      }
    }
  };
  const ended = read().then(
    () => 'by the server',
    (error: Error) => error.name,
  );
  cleanups.unshift(async () => stop.abort());
  return {
    events,
    ended,
    heartbeats: () => heartbeats,
    close: () => stop.abort(),
    flags: () => events.filter(({ event }) => event === 'flag'),
    ready: () => until('the stream is live', () => events.find(({ event }) => event === 'ready')),
  };
}

describe('GET /v1/flags', () => {
  it('gives a flag with its reasons, its campaign and its place in the text', async () => {
    const campaignId = await aCampaign();
    const flag = aFlag({ post: { text: 'dasar g0blok', author: 'a1', language: 'id' } });
    flag.reasons = [{ kind: 'token', token: 'goblok', weight: 2.5 }];
    await record(campaignId, flag, aFlag({ category: 'hate' }));
    const { items } = await list(`?campaign=${campaignId}`);
    expect(items).toHaveLength(2);
    expect(items[1]).toEqual({
      flagId: flag.flagId,
      seq: expect.any(Number),
      category: 'hate',
      score: flag.score,
      threshold: flag.threshold,
      escalateThreshold: flag.escalateThreshold,
      scores: flag.scores,
      labels: null,
      model: flag.model,
      reasons: flag.reasons,
      highlights: [{ start: 6, end: 12, weight: 2.5 }],
      campaignId,
      campaignSize: 2,
      post: {
        id: flag.post.id,
        platform: 'demo',
        url: flag.post.url,
        author: 'a1',
        language: 'id',
        text: 'dasar g0blok',
        createdAt: flag.post.createdAt,
        seenAt: flag.post.seenAt,
      },
      flaggedAt: flag.flaggedAt,
      recordedAt: expect.any(String),
      notice: null,
    });
  });

  it('walks every page once, newest first', async () => {
    const campaignId = await aCampaign();
    await record(campaignId, ...Array.from({ length: 7 }, () => aFlag()));
    const seen: number[] = [];
    for (let next: string | null = '', pages = 0; next !== null; pages++) {
      expect(pages).toBeLessThan(5);
      const page = await list(`?campaign=${campaignId}&limit=3${next && `&cursor=${next}`}`);
      seen.push(...page.items.map(({ seq }) => seq));
      next = page.next;
    }
    expect(seen).toHaveLength(7);
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    const newerThanLast = await list(`?campaign=${campaignId}&before=${seen[2]}`);
    expect(newerThanLast.items.map(({ seq }) => seq)).toEqual(seen.slice(3));
  });

  it('filters by category, platform, score and words of the text', async () => {
    const campaignId = await aCampaign('hoax');
    const flags = [
      aFlag({ category: 'hoax', score: 0.99, post: { platform: 'alpha', text: 'Surat suara 100% sudah TERCOBLOS' } }),
      aFlag({ category: 'hoax', score: 0.7, post: { platform: 'beta', text: 'surat suara 1000 lembar' } }),
    ];
    await record(campaignId, ...flags);
    const found = async (query: string) => (await list(`?campaign=${campaignId}&${query}`)).items.map((i) => i.flagId);
    const [first, second] = flags.map(({ flagId }) => flagId);
    expect(await found('category=hoax')).toEqual([second, first]);
    expect(await found('category=hate')).toEqual([]);
    expect(await found('platform=alpha')).toEqual([first]);
    expect(await found('minScore=0.99')).toEqual([first]);
    expect(await found('q=tercoblos+SURAT')).toEqual([first]);
    // Signs of LIKE are searched for as they are.
    expect(await found('q=100%25')).toEqual([first]);
    expect(await found('q=_')).toEqual([]);
    expect(await found(`q=${encodeURIComponent('\\')}`)).toEqual([]);
  });

  it('shows where the notice stands, on the flags that the notice lists', async () => {
    const { db } = database;
    const campaignId = await aCampaign();
    const [listed, weak] = [aFlag(), aFlag({ score: 0.7 })];
    await record(campaignId, listed, weak);
    const dueAt = new Date(Date.now() + 3_600_000);
    const noticeId = randomUUID();
    await openNotice(db, { noticeId, campaignId, platform: 'demo', category: 'hate', urgency: 'urgent', dueAt });
    const deliveryId = randomUUID();
    await scheduleRevision(db, { deliveryId, noticeId, channel: 'webhook', settleMs: 0 });
    const notice = async () =>
      (await list(`?campaign=${campaignId}`)).items.find((i) => i.flagId === listed.flagId)?.notice;
    const expected = { noticeId, state: 'scheduled', answerState: null, dueAt: dueAt.toISOString(), deliveredAt: null };
    expect(await notice()).toEqual(expected);
    await markDelivered(db, deliveryId);
    await recordAnswer(db, { answerId: randomUUID(), noticeId, state: 'actioned' });
    expect(await notice()).toMatchObject({
      state: 'delivered',
      answerState: 'actioned',
      deliveredAt: expect.any(String),
    });
    const { items } = await list(`?campaign=${campaignId}`);
    expect(items.find((i) => i.flagId === weak.flagId)?.notice).toBeNull();
  });

  it('sums up what is recorded', async () => {
    const summary = (await app.inject('/v1/summary')).json();
    expect(summary.flags.total).toBeGreaterThan(0);
    expect(summary.flags.byCategory.hate).toBeGreaterThan(0);
    expect(summary.flags.byPlatform.alpha).toBe(1);
    expect(summary.notices).toMatchObject({ total: 1, byState: { actioned: 1 }, overdue: 0 });
  });
});

describe('GET /v1/stream', () => {
  it('brings each flag as it is recorded, in order and once', async () => {
    const campaignId = await aCampaign();
    const stream = follow();
    await stream.ready();
    const flags = Array.from({ length: 20 }, () => aFlag());
    for (const flag of flags) await record(campaignId, flag);
    await until('all flags have come', () => stream.flags().length >= 20);
    expect(stream.flags().map(({ data }) => data.flagId)).toEqual(flags.map(({ flagId }) => flagId));
    expect(stream.flags().every(({ id, data }) => id === data.seq)).toBe(true);
    await until('a heartbeat', () => stream.heartbeats() > 0);
  });

  it('resumes after Last-Event-ID without a gap, while flags keep coming', async () => {
    const campaignId = await aCampaign();
    const first = follow();
    await first.ready();
    const flags = Array.from({ length: 300 }, () => aFlag());
    await record(campaignId, ...flags.slice(0, 5));
    await until('five flags', () => first.flags().length === 5);
    first.close();
    await record(campaignId, ...flags.slice(5, 250));
    const rest = (async () => {
      for (const flag of flags.slice(250)) await record(campaignId, flag);
    })();
    // The header counts, not the older position in the URL that a browser repeats.
    const lastEventId = String(first.flags().at(-1)?.id);
    const second = follow('?after=1', { 'last-event-id': lastEventId });
    await rest;
    await until('all flags', () => second.flags().length >= 295);
    const got = [...first.flags(), ...second.flags()].map(({ data }) => data.flagId);
    expect(got).toEqual(flags.map(({ flagId }) => flagId));
  });

  it('starts from now when the position is beyond the end', async () => {
    const stream = follow('?after=999999999');
    const ready = await stream.ready();
    expect(ready.id).toBe((await list('?limit=1')).items[0]?.seq);
    const flag = aFlag();
    await record(await aCampaign(), flag);
    await until('the flag', () => stream.flags().length === 1);
  });

  it('tells when a notice is delivered and answered', async () => {
    const { db } = database;
    const campaignId = await aCampaign();
    await record(campaignId, aFlag());
    const stream = follow();
    await stream.ready();
    const noticeId = randomUUID();
    const dueAt = new Date(Date.now() + 3_600_000);
    await openNotice(db, { noticeId, campaignId, platform: 'demo', category: 'hate', urgency: 'urgent', dueAt });
    const latest = () => stream.events.filter(({ event }) => event === 'notice').at(-1)?.data;
    await until('the notice', () => latest() !== undefined);
    await recordAnswer(db, { answerId: randomUUID(), noticeId, state: 'under_review' });
    await until('the answer', () => latest()?.notice?.answerState === 'under_review');
    expect(latest()).toMatchObject({ campaignId, platform: 'demo', notice: { noticeId } });
    expect(stream.events.filter(({ event }) => event === 'notice').every(({ id }) => id === undefined)).toBe(true);
  });

  it('goes on after the database has closed every connection', async () => {
    const stream = follow();
    await stream.ready();
    await database.db
      .query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
      )
      .catch(() => undefined);
    const flag = aFlag();
    await until('the database is back', () =>
      record(aCampaignId, flag).then(
        () => true,
        () => false,
      ),
    );
    await until('the flag', () => stream.flags().some(({ data }) => data.flagId === flag.flagId));
  });

  let aCampaignId: string;
  beforeAll(async () => {
    aCampaignId = await aCampaign();
  });

  it('refuses the client that is too many, and lets it in when another one has left', async () => {
    const streams = Array.from({ length: 20 }, () => follow());
    await until('the limit', async () => {
      const answer = await fetch(`${base}/v1/stream`, { signal: AbortSignal.timeout(2_000) });
      const refused = answer.status === 503 && answer.headers.get('retry-after') !== null;
      await answer.body?.cancel();
      return refused;
    });
    streams.forEach((stream) => stream.close());
    await until('a place is free', async () => {
      const stream = await fetch(`${base}/v1/stream`);
      await stream.body?.cancel();
      return stream.status === 200;
    });
  });

  it('ends every stream when the app stops', async () => {
    const stream = follow();
    await stream.ready();
    await app.close();
    expect(await stream.ended).toBe('by the server');
  });
});
