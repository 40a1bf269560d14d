import { beforeEach, describe, expect, it } from '@jest/globals';
import { postCodec, type MatchedClaim, type Post } from '@siaga/contracts';
import { listRumours, removeExpired, removePosts, requestErasure } from '@siaga/storage';
import type { StreamMessage } from '@siaga/stream';
import { aFlag, aPost, useDatabase } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { notifyMetrics } from '../metrics.js';
import { aPolicy } from '../policy.fixture.js';
import { recordFlags } from '../record-flags.js';
import { rumourStep } from './rumour-step.js';
import { rumourWatch } from './rumour-watch.js';

const TEXT = 'Awas! Air sumur di Desa Wadasari dicampur racun oleh petugas sensus, 40 warga meninggal, tolong sebarkan';
const OTHER = 'Katanya bendungan Sukamaju jebol nanti malam dan aparat sengaja merahasiakan jadwal pengungsian warga';
const claim: MatchedClaim = {
  ...{ claimId: 'cek:1', text: 'Petugas sensus meracuni air sumur', verdict: 'Salah' },
  ...{ url: 'http://cek.invalid/1', publisher: 'Meja Uji' },
};

const database = useDatabase();
const policy = aPolicy('http://platform.invalid');
const aWorker = () =>
  rumourStep({
    ...{ db: database.db, policy: () => policy, metrics: notifyMetrics(new Registry()) },
    watch: rumourWatch({ places: 2 ** 12, clusters: 100 }),
  });
let worker: ReturnType<typeof aWorker>;
let offset = 0;

beforeEach(async () => {
  worker = aWorker();
  await database.db.query('truncate campaigns, rumours, removed_posts, removed_authors, erasures cascade');
});

const message = (post: Post): StreamMessage => ({
  ...{ topic: 't', partition: 0, offset: String(offset++), key: null, headers: {}, timestamp: 0 },
  value: postCodec.encode(post),
});
const by = (author: string, text = TEXT, more: Partial<Post> = {}) => aPost({ text, author, ...more });
const see = (...posts: Post[]) => worker.run(posts.map(message));
const rumours = async () => (await listRumours(database.db, {}, { sort: 'growth', limit: 50 })).rows;
const record = (posts: readonly Post[], claims?: MatchedClaim[]) =>
  database.db.transaction((tx) =>
    recordFlags(
      tx,
      posts.map((post) => aFlag({ category: 'hoax', post, ...(claims && { claims }) })),
      policy,
    ),
  );
const rowsOf = async (table: string) => {
  const [row] = await database.db.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return row?.n;
};

describe('a rumour', () => {
  it('is what three people post alike, a few words more or less, and no notice ever comes of it', async () => {
    await see(by('ani'), by('budi', `${TEXT}!!`));
    expect(await rumours()).toEqual([]);
    await see(by('citra', `Dari grup sebelah. ${TEXT}`), by('dewi', OTHER));
    const [rumour, ...others] = await rumours();
    expect(others).toEqual([]);
    expect(rumour).toMatchObject({ state: 'unverified', posts: 3, voices: 3, platforms: { demo: 2 }, campaign: null });
    expect(rumour?.examples.map(({ text }) => text)).toEqual([`${TEXT}!!`, `Dari grup sebelah. ${TEXT}`]);
    await see(...Array.from({ length: 30 }, (_, i) => by(`akun-${i}`)));
    const [grown] = await rumours();
    expect(grown?.posts).toBe(33);
    expect(Math.abs((grown?.voices ?? 0) - 33)).toBeLessThanOrEqual(3);
    expect(grown?.examples).toHaveLength(10);
    for (const table of ['flags', 'campaigns', 'notices', 'deliveries'])
      expect([table, await rowsOf(table)]).toEqual([table, 0]);
  });

  it('is none of one who posts hundreds of times, alone or beside another', async () => {
    await see(...Array.from({ length: 300 }, () => by('ani')));
    await see(by('budi'), ...Array.from({ length: 300 }, () => by('budi')));
    expect(await rumours()).toEqual([]);
    await see(by('citra'));
    const [rumour] = await rumours();
    expect(rumour).toMatchObject({ voices: 3 });
    const warmth = rumour?.heat ?? 0;
    await see(...Array.from({ length: 300 }, () => by('ani')));
    const [again] = await rumours();
    expect(again).toMatchObject({ voices: 3 });
    expect(again?.posts).toBeGreaterThan(600);
    expect(again?.heat).toBe(warmth);
    expect(again?.examples.length).toBeLessThanOrEqual(3);
  });

  it('is not spread by who denies it, and is by who asks', async () => {
    const denials = ['ani', 'budi', 'citra', 'dewi'].map((author) => by(author, `HOAKS! "${TEXT}" Itu tidak benar.`));
    await see(...denials);
    expect(await rumours()).toEqual([]);
    worker = aWorker();
    await see(...denials, by('ani'), by('budi'), by('citra', `Apa benar? ${TEXT}`), ...denials);
    expect(await rumours()).toMatchObject([{ posts: 3 }]);
  });

  it('ranks by how many join lately, not by how many have posted', async () => {
    const hoursAgo = (hours: number) => ({ seenAt: new Date(Date.now() - hours * 3_600_000).toISOString() });
    await see(...Array.from({ length: 12 }, (_, i) => by(`lama-${i}`, OTHER, hoursAgo(15))));
    await see(...Array.from({ length: 4 }, (_, i) => by(`baru-${i}`)));
    expect((await rumours()).map(({ posts }) => posts)).toEqual([4, 12]);
  });

  it('is one rumour to the worker that comes after, and counts a batch that comes again once', async () => {
    await see(by('ani'), by('budi'), by('citra'));
    const before = worker;
    worker = aWorker();
    await see(by('dewi'), by('eko'));
    expect((await rumours())[0]?.posts).toBe(3);
    const batch = [message(by('fajar'))];
    await worker.run(batch);
    await worker.run(batch);
    const [rumour, ...others] = await rumours();
    expect(others).toEqual([]);
    expect(rumour).toMatchObject({ posts: 6, voices: 6 });
    worker = before;
    await see(by('gita'));
    expect(await rumours()).toMatchObject([{ posts: 7, voices: 7 }]);
  });

  it('waits where the database does not answer, and nothing is lost or counted twice', async () => {
    const batch = ['ani', 'budi', 'citra'].map((author) => message(by(author)));
    await database.db.query('alter table rumours rename to hidden');
    await expect(worker.run(batch)).rejects.toThrow();
    await database.db.query('alter table hidden rename to rumours');
    await worker.run(batch);
    expect(await rumours()).toMatchObject([{ posts: 3, voices: 3 }]);
  });

  it('is poison where it is no post', async () => {
    const [good, bad] = [message(by('ani')), { ...message(by('ani')), value: Buffer.from('{') }];
    expect((await worker.run([good, bad])).map(({ kind }) => kind)).toEqual(['done', 'poison']);
  });
});

describe('what is kept of a rumour', () => {
  it('follows deletions and departures, before and after, and goes with its last example', async () => {
    const posts = ['ani', 'budi', 'citra', 'dewi'].map((author) => by(author));
    await database.db.transaction((tx) => removePosts(tx, [{ what: 'post', postId: posts[2]!.id }]));
    await see(...posts);
    // Those of one moment stand in the order of their ids.
    const left = async () => (await rumours())[0]?.examples.map(({ postId }) => postId).sort();
    expect(await left()).toEqual([posts[1]!.id, posts[3]!.id].sort());
    await requestErasure(database.db, { author: 'dewi', reason: 'surat', by: 'test' });
    expect(await left()).toEqual([posts[1]!.id]);
    await database.db.transaction((tx) =>
      removePosts(tx, [{ what: 'versions', postId: posts[1]!.id, olderThan: new Date().toISOString() }]),
    );
    expect(await rumours()).toEqual([]);
  });

  it('goes when nobody has posted it for as long as the policy says', async () => {
    await see(by('ani'), by('budi'), by('citra'));
    expect(await removeExpired(database.db, 'rumours', { days: 14, limit: 10 })).toBe(0);
    await database.db.query(`update rumours set last_seen_at = now() - interval '15 days'`);
    expect(await removeExpired(database.db, 'rumours', { days: 14, limit: 10 })).toBe(1);
    expect([await rowsOf('rumours'), await rowsOf('rumour_posts')]).toEqual([0, 0]);
  });
});

describe('a rumour that a claim matches', () => {
  it('is the debunked campaign of its posts, whichever is recorded first', async () => {
    const posts = ['ani', 'budi', 'citra'].map((author) => by(author));
    await see(...posts);
    await record(posts.slice(0, 2));
    const [before] = await rumours();
    expect(before).toMatchObject({ state: 'unverified', campaign: { size: 2 } });
    await record(posts, [claim]);
    expect(await rumours()).toMatchObject([
      { state: 'debunked', campaign: { campaignId: before?.campaign?.campaignId, size: 3 } },
    ]);

    const late = ['dewi', 'eko', 'fajar'].map((author) => by(author, OTHER));
    await record(late, [{ ...claim, claimId: 'cek:2' }]);
    await see(...late);
    expect((await rumours()).map(({ state }) => state)).toEqual(['debunked', 'debunked']);
  });
});
