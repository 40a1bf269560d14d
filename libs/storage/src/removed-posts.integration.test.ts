import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { aFlag, useDatabase } from '@siaga/testkit';
import { insertCampaign } from './campaigns.js';
import { changesAfter, latestChange } from './flag-changes.js';
import { listFlags } from './flag-list.js';
import { insertFlag, lockFlagWriting } from './flags.js';
import { blankRemoved, removePosts } from './removed-posts.js';

const database = useDatabase();
const flag = aFlag({ post: { id: 'demo:1', text: 'rahasia', author: 'a'.repeat(32) } });

beforeEach(() => database.db.query('truncate flags, removed_posts cascade'));

const record = () =>
  database.db.transaction(async (tx) => {
    await lockFlagWriting(tx);
    const campaignId = randomUUID();
    await insertCampaign(tx, { campaignId, category: flag.category, signature: [1], bands: [] });
    await insertFlag(tx, flag, { campaignId, reported: false });
    await blankRemoved(tx, [flag.post.id]);
  });
const remove = () => database.db.transaction((tx) => removePosts(tx, ['demo:1', 'demo:1', 'demo:2']));
const gone = { text: '', reasons: [], author: null, removedAt: expect.any(Date) as unknown, score: flag.score };

describe('a post that its author takes down', () => {
  it('loses its text, and keeps its scores', async () => {
    await record();
    expect((await listFlags(database.db, {}, { limit: 9 }))[0]).toMatchObject({ text: 'rahasia', removedAt: null });
    expect(await remove()).toBe(1);
    expect(await listFlags(database.db, {}, { limit: 9 })).toMatchObject([gone]);
    expect(await remove()).toBe(0);
  });

  it('is told of after its flag, in the same order of numbers, once', async () => {
    const start = await latestChange(database.db);
    await record();
    const [recorded] = await changesAfter(database.db, start, 9);
    expect(recorded).toMatchObject({ recorded: { flagId: flag.flagId, text: 'rahasia' } });
    await remove();
    await remove();
    const changes = await changesAfter(database.db, recorded?.seq ?? 0, 9);
    expect(changes).toMatchObject([{ removed: { flagId: flag.flagId, postId: flag.post.id } }]);
    expect(changes[0]?.seq).toBe(await latestChange(database.db));
    expect(await changesAfter(database.db, start, 1)).toMatchObject([{ seq: recorded?.seq, recorded: { text: '' } }]);
  });

  it('has no text though its flag was still on its way', async () => {
    expect(await remove()).toBe(0);
    await record();
    expect(await listFlags(database.db, {}, { limit: 9 })).toMatchObject([gone]);
  });

  it('has no text whichever of the two comes first at the same time', async () => {
    await Promise.all([record(), remove()]);
    expect(await listFlags(database.db, {}, { limit: 9 })).toMatchObject([gone]);
  });
});
