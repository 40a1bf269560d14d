import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { aFlag, useDatabase } from '@siaga/testkit';
import { insertCampaign } from './campaigns.js';
import { changesAfter, latestChange } from './flag-changes.js';
import { listFlags } from './flag-search.js';
import { insertFlag, lockFlagWriting } from './flags.js';
import { blankRemoved, removePosts, type Removed } from './removed-posts.js';

const database = useDatabase();
const flag = aFlag({ post: { id: 'demo:1', text: 'rahasia', author: 'a'.repeat(32) } });

beforeEach(() => database.db.query('truncate flags, removed_posts, removed_authors cascade'));

const record = (one = flag) =>
  database.db.transaction(async (tx) => {
    await lockFlagWriting(tx);
    const campaignId = randomUUID();
    await insertCampaign(tx, { campaignId, category: one.category, signature: [1], bands: [] });
    await insertFlag(tx, one, { campaignId, reported: false });
    await blankRemoved(tx, { postIds: [one.post.id], authors: [one.post.author ?? ''] });
  });
const remove = () =>
  database.db.transaction((tx) =>
    removePosts(
      tx,
      ['demo:1', 'demo:1', 'demo:2'].map((postId) => ({ what: 'post', postId })),
    ),
  );
const gone = { text: '', reasons: [], author: null, removedAt: expect.any(Date) as unknown, score: flag.score };

describe('a post that its author takes down', () => {
  it('loses its text, and keeps its scores', async () => {
    await record();
    expect((await listFlags(database.db, {}, { limit: 9 })).rows[0]).toMatchObject({
      text: 'rahasia',
      removedAt: null,
    });
    expect(await remove()).toBe(1);
    expect((await listFlags(database.db, {}, { limit: 9 })).rows).toMatchObject([gone]);
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
    expect((await listFlags(database.db, {}, { limit: 9 })).rows).toMatchObject([gone]);
  });

  it('has no text whichever of the two comes first at the same time', async () => {
    await Promise.all([record(), remove()]);
    expect((await listFlags(database.db, {}, { limit: 9 })).rows).toMatchObject([gone]);
  });
});

const removing = (...removed: Removed[]) => database.db.transaction((tx) => removePosts(tx, removed));
const texts = async () => (await listFlags(database.db, {}, { limit: 9 })).rows.map(({ text }) => text).sort();

describe('an edited post', () => {
  const at = (minute: number) => `2026-11-01T00:0${minute}:00.000Z`;
  const version = (minute: number, text: string) =>
    aFlag({ flagId: `demo:1#hate@${at(minute)}`, post: { id: 'demo:1', text, editedAt: at(minute) } });
  const older = (minute: number): Removed => ({ what: 'versions', postId: 'demo:1', olderThan: at(minute) });

  it('keeps the text of its newest version only', async () => {
    await record();
    await record(version(1, 'ralat'));
    expect(await removing(older(1))).toBe(1);
    expect(await texts()).toEqual(['', 'ralat']);
    expect(await removing(older(1), older(2), older(1))).toBe(1);
    expect(await texts()).toEqual(['', '']);
  });

  it('does so in whatever order flags and edits arrive', async () => {
    await removing(older(2));
    await removing(older(1));
    await record(version(2, 'terakhir'));
    await record(version(1, 'ralat'));
    await record();
    expect(await texts()).toEqual(['', '', 'terakhir']);
  });

  it('is gone for good when it is deleted', async () => {
    await removing({ what: 'post', postId: 'demo:1' });
    await removing(older(2));
    await record(version(3, 'terlambat'));
    expect(await texts()).toEqual(['']);
  });
});

describe('an author who leaves', () => {
  const by = (author: string, id: string, seenAt: string) => aFlag({ post: { id, text: id, author, seenAt } });
  const leaves = (author: string, seenUntil: string): Removed => ({ what: 'author', author, seenUntil });

  it('takes all texts along, also those on their way, and no other', async () => {
    await record(by('sari', 'demo:1', '2026-11-01T00:00:00.000Z'));
    await record(by('budi', 'demo:2', '2026-11-01T00:00:00.000Z'));
    expect(await removing(leaves('sari', '2026-11-01T02:00:00.000Z'))).toBe(1);
    await record(by('sari', 'demo:3', '2026-11-01T01:00:00.000Z'));
    expect(await texts()).toEqual(['', '', 'demo:2']);
  });

  it('is read again after coming back', async () => {
    await removing(leaves('sari', '2026-11-01T02:00:00.000Z'), leaves('sari', '2026-11-01T01:00:00.000Z'));
    await record(by('sari', 'demo:1', '2026-11-01T02:00:00.000Z'));
    await record(by('sari', 'demo:2', '2026-11-01T02:00:00.001Z'));
    expect(await texts()).toEqual(['', 'demo:2']);
  });
});
