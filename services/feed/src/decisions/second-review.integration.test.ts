import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decisionCodec } from '@siaga/contracts';
import { takeOutbox } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import type { FlagItem } from '../flag-item.js';
import type { Agreement } from '../routes/agreement.js';
import type { Recall } from '../routes/recall.js';
import { openCampaign, recordFlags, startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { someoneAt, type Someone } from './decisions.fixture.js';
import { isPicked } from './second-review.js';

const database = useDatabase();
let feed: RunningFeed;
let ani: Someone;
let budi: Someone;
let lead: Someone;
beforeAll(async () => {
  feed = await startFeed(database, {
    decisions: { publisher: 'Siaga', publicUrl: undefined, secondReviewShare: 1 },
  });
  [ani, budi, lead] = [
    await someoneAt(feed, database, 'analyst', 'ani'),
    await someoneAt(feed, database, 'analyst', 'budi'),
    await someoneAt(feed, database, 'lead', 'ketua'),
  ];
});
afterAll(() => feed.stop());

async function someFlags(...flags: ReturnType<typeof aFlag>[]) {
  await recordFlags(database.db, await openCampaign(database.db, flags[0]?.category), flags);
  return flags.map(({ flagId }) => ({ flagId }));
}
const aHoax = () => aFlag({ category: 'hoax' });
const anAudit = () => aFlag({ score: 0.1, audit: { share: 0.5 } });
const seenBy = async ({ get }: Someone, { flagId }: { flagId: string }, query = '') =>
  (await get<{ items: FlagItem[] }>(`/v1/flags?limit=200${query}`)).items.find((item) => item.flagId === flagId)!;
const agreement = () => ani.get<Agreement>('/v1/agreement');

describe('a second review', () => {
  it('keeps the first word from everybody until somebody else has given theirs', async () => {
    const [flag] = await someFlags(aFlag());
    await database.db.query('truncate outbox');
    const first = await ani.decide(flag!, 'escalate', { seen: null });
    const waits = { state: 'open', seq: null, by: null, reason: null };
    expect(first.body.review).toEqual({
      ...{ ...waits, decisionId: null, at: null, assignee: null, comments: 0 },
      secondReview: { wanted: true, mineIsFirst: true },
    });
    expect((await seenBy(budi, flag!)).review).toMatchObject({ ...waits, secondReview: { wanted: true } });
    expect((await seenBy(budi, flag!)).review.secondReview).not.toHaveProperty('mineIsFirst');
    expect(await database.db.transaction(takeOutbox)).toEqual([]);
    expect((await ani.decide(flag!, 'confirm')).status).toBe(409);

    const second = await budi.decide(flag!, 'confirm', { seen: null });
    expect(second.body.review).toMatchObject({ state: 'confirmed', by: 'budi', secondReview: null });
    const published = (await database.db.transaction(takeOutbox)).map(({ value }) => decisionCodec.decode(value));
    expect(published).toMatchObject([
      { ok: true, value: { action: 'escalate', decidedBy: 'ani' } },
      { ok: true, value: { action: 'confirm', decidedBy: 'budi', state: 'confirmed' } },
    ]);
    // What has been judged by two is anybody's from then on.
    expect((await ani.decide(flag!, 'escalate')).body.review.state).toBe('escalated');
  });

  it('that differs goes to a lead', async () => {
    const [flag] = await someFlags(aFlag());
    await ani.decide(flag!, 'confirm');
    const { body } = await budi.decide(flag!, 'dismiss', { reason: 'satire' });
    expect(body.review).toMatchObject({ state: 'disputed', by: null, reason: null, secondReview: null });
    expect((await seenBy(ani, flag!, '&state=disputed')).review.state).toBe('disputed');
    expect((await ani.decide(flag!, 'confirm')).status).toBe(403);
    expect((await agreement()).disputed).toBe(1);
    const settled = await lead.decide(flag!, 'dismiss', { reason: 'satire', seen: body.review.seq });
    expect(settled.body.review).toMatchObject({ state: 'dismissed', by: 'ketua' });
    expect((await agreement()).disputed).toBe(0);
    const undone = await lead.decide(flag!, 'undo', { undoes: settled.body.decisionId });
    expect(undone.body.review.state).toBe('disputed');
  });

  it('is not wanted any more when the first word is taken back', async () => {
    const [flag] = await someFlags(aFlag());
    const { body } = await ani.decide(flag!, 'confirm');
    const undone = await ani.decide(flag!, 'undo', { undoes: body.decisionId });
    expect(undone.body.review).toMatchObject({ state: 'open', secondReview: null });
    expect((await budi.decide(flag!, 'confirm')).body.review.secondReview).toEqual({ wanted: true, mineIsFirst: true });
  });

  it('gives kappa by category, and what is held or disputed is in no other figure', async () => {
    const before = await agreement();
    const flags = await someFlags(...Array.from({ length: 6 }, aHoax));
    const words = ['cc', 'cc', 'cd', 'dd', 'dd', 'dc'];
    for (const [i, flag] of flags.entries()) {
      for (const [j, who] of [ani, budi].entries()) {
        const isRight = words[i]?.[j] === 'c';
        await who.decide(flag, isRight ? 'confirm' : 'dismiss', isRight ? {} : { reason: 'opinion' });
      }
    }
    const [held] = await someFlags(aHoax());
    await ani.decide(held!, 'confirm');
    const { categories, waiting, confidence } = await agreement();
    expect([confidence, waiting]).toEqual([0.95, before.waiting + 1]);
    expect(categories.hoax).toMatchObject({
      ...{ judged: 6, agreed: 4, table: { both: 2, firstOnly: 1, secondOnly: 1, neither: 2 } },
      kappa: { estimate: expect.closeTo(1 / 3, 10) },
    });
    expect(categories.bullying).toMatchObject({ judged: 0, kappa: null });
    // Two agreed that it is right and two that it is not; two are disputed and one is held.
    const { categories: recall } = await ani.get<Recall>('/v1/recall');
    expect(recall.hoax.alerts).toEqual({ flags: 7, judged: 4, confirmed: 2 });
  });

  it('of an audited post compares every category', async () => {
    const [same, other] = await someFlags(anAudit(), anAudit());
    await ani.decide(same!, 'confirm', { categories: ['bullying', 'hate'] });
    const agreed = await budi.decide(same!, 'confirm', { categories: ['hate', 'bullying'] });
    expect(agreed.body.review.state).toBe('confirmed');
    await ani.decide(other!, 'confirm', { categories: ['bullying'] });
    const differs = await budi.decide(other!, 'dismiss', { categories: [] });
    expect(differs.body.review.state).toBe('disputed');
    const { bullying } = (await agreement()).categories;
    expect(bullying.table).toEqual({ both: 1, firstOnly: 1, secondOnly: 0, neither: 0 });
    expect((await seenBy(ani, other!, '&audit=true')).audit?.found).toBeNull();
    expect((await seenBy(ani, same!, '&audit=true')).audit?.found).toEqual(['hate', 'bullying']);
  });

  it('picks a share by the id, always the same ones', () => {
    const ids = Array.from({ length: 4_000 }, (_none, i) => `demo:${i}#hate`);
    const picked = (share: number) => ids.filter((id) => isPicked(id, share));
    expect(picked(0)).toEqual([]);
    expect(picked(1)).toEqual(ids);
    expect(picked(0.1).length / ids.length).toBeCloseTo(0.1, 1);
    expect(picked(0.2)).toEqual(expect.arrayContaining(picked(0.1)));
  });
});
