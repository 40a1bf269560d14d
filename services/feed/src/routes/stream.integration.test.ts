import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Category } from '@siaga/contracts';
import {
  announceFlags,
  lockFlagWriting,
  markDebunked,
  newlyDebunked,
  openNotice,
  recordAnswer,
  removePosts,
} from '@siaga/storage';
import { aFlag, until, useDatabase } from '@siaga/testkit';
import type { FlagItem } from '../flag-item.js';
import { followStream } from '../live/follow-stream.fixture.js';
import { openCampaign, recordFlags, startFeed, type RunningFeed } from '../running-feed.fixture.js';

const database = useDatabase();
let feed: RunningFeed;
beforeAll(async () => {
  feed = await startFeed(database);
});
afterAll(() => feed.stop());

const aCampaign = (category?: Category) => openCampaign(database.db, category);
const record = (campaignId: string, ...flags: ReturnType<typeof aFlag>[]) =>
  recordFlags(database.db, campaignId, flags);

/** Streams that the test may have left open. */
const following = new Set<{ close: () => void }>();
afterEach(() => {
  following.forEach((stream) => stream.close());
  following.clear();
});

function follow(query = '', headers: Record<string, string> = {}) {
  const stream = followStream<FlagItem>(`${feed.base}/v1/stream${query}`, headers);
  following.add(stream);
  return { ...stream, flags: () => stream.events.filter(({ event }) => event === 'flag') };
}

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

  it('tells, once and in order, which texts are gone, and tells it to those who were away', async () => {
    const campaignId = await aCampaign();
    const stream = follow();
    await stream.ready();
    const [gone, stays] = [aFlag(), aFlag()] as const;
    await record(campaignId, gone, stays);
    await until('both flags', () => stream.flags().length === 2);
    const before = stream.events.at(-1)?.id;
    await database.db.transaction((tx) => removePosts(tx, [{ what: 'post', postId: gone.post.id }]));
    await record(campaignId, aFlag());
    await until('the third flag', () => stream.flags().length === 3);
    const told = stream.events.slice(-2);
    expect(told.map(({ event }) => event)).toEqual(['removed', 'flag']);
    const { id } = told[0] as (typeof told)[number];
    expect(told[0]?.data).toEqual({
      ...{ seq: id, flagId: gone.flagId, postId: gone.post.id },
      removedAt: expect.stringMatching(/^2\d{3}-.*Z$/),
    });

    const later = follow(`?after=${before}`);
    await later.ready();
    expect(later.events.slice(0, 2)).toEqual(told);
    // Whoever missed the flag as well gets it as it is now.
    const anew = follow(`?after=${(stream.flags()[0]?.id ?? 0) - 1}`);
    await anew.ready();
    expect(anew.flags()[0]?.data).toMatchObject({ flagId: gone.flagId, post: { text: '', author: null } });
  });

  it('starts from now when the position is beyond the end', async () => {
    const stream = follow('?after=999999999');
    const ready = await stream.ready();
    expect(ready.id).toBe((await feed.app.inject('/v1/flags?limit=1')).json().items[0]?.seq);
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

  it('brings a flag once more when it is debunked, and to those who were away', async () => {
    const [flag, other] = [aFlag(), aFlag()];
    await record(await aCampaign(), flag, other);
    const claim = {
      claimId: 'cek:1',
      text: 'k',
      verdict: 'Salah',
      url: 'https://cek.invalid/1',
      publisher: 'Meja Uji',
    };
    const stream = follow();
    const { id } = await stream.ready();
    await database.db.transaction(async (tx) => {
      await lockFlagWriting(tx);
      await markDebunked(tx, await newlyDebunked(tx, [{ ...flag, claims: [claim], score: 0.99 }]));
      await announceFlags(tx);
    });
    const debunked = (one: typeof stream) => one.events.filter(({ event }) => event === 'debunked');
    await until('it comes', () => debunked(stream).length > 0);
    const later = follow('', { 'last-event-id': String(id) });
    await later.ready();
    for (const one of [stream, later]) {
      expect(debunked(one)).toMatchObject([
        {
          event: 'debunked',
          data: { flagId: flag.flagId, score: 0.99, claims: [claim], debunkedAt: expect.any(String) },
        },
      ]);
    }
  });

  it('goes on after the database has closed every connection', async () => {
    const campaignId = await aCampaign();
    const stream = follow();
    await stream.ready();
    await database.db
      .query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
      )
      .catch(() => undefined);
    const flag = aFlag();
    await until('the database is back', () =>
      record(campaignId, flag).then(
        () => true,
        () => false,
      ),
    );
    await until('the flag', () => stream.flags().some(({ data }) => data.flagId === flag.flagId));
  });

  it('refuses the client that is too many, and lets it in when another one has left', async () => {
    const streams = Array.from({ length: 20 }, () => follow());
    await until('the limit', async () => {
      const answer = await fetch(`${feed.base}/v1/stream`, { signal: AbortSignal.timeout(2_000) });
      const refused = answer.status === 503 && answer.headers.get('retry-after') !== null;
      await answer.body?.cancel();
      return refused;
    });
    streams.forEach((stream) => stream.close());
    await until('a place is free', async () => {
      const stream = await fetch(`${feed.base}/v1/stream`);
      await stream.body?.cancel();
      return stream.status === 200;
    });
  });

  it('ends every stream when the app stops', async () => {
    const stream = follow();
    await stream.ready();
    await feed.app.close();
    expect(await stream.ended).toBe('by the server');
  });
});
