import { beforeEach, describe, expect, it } from '@jest/globals';
import { postCodec } from '@siaga/contracts';
import { listFlags } from '@siaga/storage';
import type { StreamMessage } from '@siaga/stream';
import { aFlag, aPost, useDatabase } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { notifyMetrics } from './metrics.js';
import { aPolicy } from './policy.fixture.js';
import { recordFlags } from './record-flags.js';
import { removePostsStep } from './remove-posts-step.js';

const database = useDatabase();
const message = (value: Buffer): StreamMessage => ({
  ...{ topic: 't', partition: 0, offset: '0', key: null, headers: {}, timestamp: 0 },
  value,
});
const removal = (id: string) => message(postCodec.encode(aPost({ id, text: '', deleted: true })));
const flag = aFlag({ post: { id: 'demo:1', text: 'rahasia' } });
const record = () => database.db.transaction((tx) => recordFlags(tx, [flag], aPolicy('http://platform.invalid')));
const texts = async () => (await listFlags(database.db, {}, { limit: 9 })).rows.map(({ text }) => text);

beforeEach(() => database.db.query('truncate campaigns, removed_posts, removed_authors cascade'));

describe('removals', () => {
  it('delete the text of what is recorded, before and after; what is no removal is poison', async () => {
    const step = removePostsStep({ db: database.db, metrics: notifyMetrics(new Registry()) });
    await record();
    expect(await texts()).toEqual(['rahasia']);
    const alive = message(postCodec.encode(aPost({ id: 'demo:2' })));
    const outcomes = await step.run([removal('demo:1'), alive, message(Buffer.from('{'))]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'poison', 'poison']);
    expect(await texts()).toEqual(['']);
    await database.db.query('truncate campaigns cascade');
    await record();
    expect(await texts()).toEqual(['']);
  });

  it('an edit leaves the new version, which is reported no second time, and the log has the hashes of both', async () => {
    const step = removePostsStep({ db: database.db, metrics: notifyMetrics(new Registry()) });
    const editedAt = '2026-11-02T00:00:00.000Z';
    const url = 'http://demo.invalid/p/5';
    const before = aFlag({ post: { id: 'demo:5', url, text: 'pernyataan lama yang panjang sekali isinya' } });
    const after = aFlag({
      flagId: `${before.flagId}@${editedAt}`,
      post: { id: 'demo:5', url, text: 'kalimat lain sama sekali tentang hal berbeda', editedAt },
    });
    const recorded = await database.db.transaction(async (tx) => [
      ...(await recordFlags(tx, [before], aPolicy('http://platform.invalid'))),
      ...(await recordFlags(tx, [after], aPolicy('http://platform.invalid'))),
    ]);
    expect(recorded.map(({ noticeOpened }) => noticeOpened)).toEqual([true, false]);
    await step.run([message(postCodec.encode({ ...after.post, text: '' }))]);
    expect(await texts()).toEqual([after.post.text, '']);
    const log = await database.db.query<{ body: string }>(
      `select body from evidence where event = 'flag-recorded' and subject = any($1) order by seq`,
      [[before.flagId, after.flagId]],
    );
    expect(log.map(({ body }) => (JSON.parse(body) as { textSha256: string }).textSha256)).toEqual([
      before.textSha256,
      after.textSha256,
    ]);
    const [count] = await database.db.query<{ items: number }>(
      `select count(*)::int as items from flags where post_id = 'demo:5' and reported`,
    );
    expect(count?.items).toBe(1);
  });

  it('an author who leaves takes all texts along', async () => {
    const step = removePostsStep({ db: database.db, metrics: notifyMetrics(new Registry()) });
    const by = (id: string, author: string) => aFlag({ post: { id, text: id, author } });
    const flags = [by('demo:6', 'sari'), by('demo:7', 'budi'), by('demo:8', 'sari')];
    await database.db.transaction((tx) => recordFlags(tx, flags, aPolicy('http://platform.invalid')));
    const gone = aPost({ id: 'demo:sari', author: 'sari', text: '', deleted: true, allOfAuthor: true });
    await step.run([message(postCodec.encode(gone))]);
    expect((await texts()).sort()).toEqual(['', '', 'demo:7']);
  });
});
