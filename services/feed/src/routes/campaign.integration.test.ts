import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openNotice } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import { someoneAt, type Someone } from '../decisions/decisions.fixture.js';
import type { FlagItem } from '../flag-item.js';
import { openCampaign, recordFlags, startFeed, type RunningFeed } from '../running-feed.fixture.js';
import type { CampaignAnswer } from './campaign.js';

const database = useDatabase();
let feed: RunningFeed;
/** Where every first word about an open flag waits for a second one. */
let careful: RunningFeed;
let ani: Someone;
let lead: Someone;
beforeAll(async () => {
  feed = await startFeed(database);
  careful = await startFeed(database, {
    decisions: { publisher: 'Siaga', publicUrl: undefined, secondReviewShare: 1 },
  });
  ani = await someoneAt(feed, database, 'analyst', 'ani');
  lead = await someoneAt(feed, database, 'lead', 'ketua');
});
afterAll(async () => void (await Promise.all([feed.stop(), careful.stop()])));

async function aCampaign(...flags: ReturnType<typeof aFlag>[]) {
  const campaignId = await openCampaign(database.db);
  await recordFlags(database.db, campaignId, flags);
  return { campaignId, flagIds: flags.map(({ flagId }) => flagId) };
}
const on = (platform: string, score = 0.95) => aFlag({ score, post: { platform } });
const campaign = (campaignId: string, who = ani) => who.get<CampaignAnswer>(`/v1/campaigns/${campaignId}`);
const recordedAt = (flagId: string, at: string) =>
  database.db.query('update flags set recorded_at = $2 where flag_id = $1', [flagId, at]);
const dueAt = new Date('2030-01-01T00:00:00.000Z');
const noticeTo = (platform: string, campaignId: string) =>
  openNotice(database.db, {
    ...{ noticeId: randomUUID(), campaignId, platform, category: 'hate', urgency: 'urgent', dueAt },
  });

describe('a campaign', () => {
  it('tells how far it went and shows its strongest member as the list of flags does', async () => {
    const { campaignId, flagIds } = await aCampaign(on('demo', 0.91), on('lain', 0.97), on('demo', 0.92));
    await ani.decide({ flagId: flagIds[0]! }, 'confirm');
    const { items } = await ani.get<{ items: FlagItem[] }>(`/v1/flags?campaign=${campaignId}&sort=recordedAt`);
    const answer = await campaign(campaignId);
    expect(answer).toMatchObject({
      ...{ campaignId, mergedInto: null, category: 'hate', size: 3, open: 2, topScore: 0.97 },
      ...{ firstSeenAt: items[0]!.recordedAt, lastSeenAt: items[2]!.recordedAt },
      platforms: [
        { platform: 'demo', posts: 2 },
        { platform: 'lain', posts: 1 },
      ],
      review: { state: 'open', by: null },
    });
    expect(answer.sample).toEqual(items[1]);
  });

  it('counts posts by hour and platform, of the last 30 days of its life', async () => {
    const { campaignId, flagIds } = await aCampaign(on('demo'), on('demo'), on('lain'), on('demo'), on('demo'));
    const times = ['2026-03-01T00:00', '2026-03-31T09:59', '2026-03-31T09:00', '2026-03-31T09:01', '2026-03-31T10:00'];
    for (const [i, at] of times.entries()) await recordedAt(flagIds[i]!, `${at}Z`);
    await database.db.query('select count_campaigns(array[$1::uuid])', [campaignId]);
    const { timeline, firstSeenAt } = await campaign(campaignId);
    expect(firstSeenAt).toBe('2026-03-01T00:00:00.000Z');
    expect(timeline).toHaveLength(3);
    expect(timeline.slice(0, 2)).toEqual(
      expect.arrayContaining([
        { at: '2026-03-31T09:00:00.000Z', platform: 'demo', posts: 2 },
        { at: '2026-03-31T09:00:00.000Z', platform: 'lain', posts: 1 },
      ]),
    );
    expect(timeline[2]).toEqual({ at: '2026-03-31T10:00:00.000Z', platform: 'demo', posts: 1 });
  });

  it('has each claim of its members once, what a person said first and then the closest', async () => {
    const claim = (claimId: string) => ({
      ...{
        claimId,
        text: `klaim ${claimId}`,
        verdict: 'Salah',
        url: 'https://periksa.invalid/1',
        publisher: 'Periksa',
      },
    });
    const [a, b] = [claim('klaim-a'), claim('klaim-b')];
    const { campaignId } = await aCampaign(
      aFlag({ claims: [{ ...a, probability: 0.6 }] }),
      aFlag({ claims: [{ ...b, probability: 0.8 }] }),
      aFlag({ claims: [{ ...a, probability: 0.7 }] }),
      aFlag(),
    );
    const found = [
      { ...b, probability: 0.8 },
      { ...a, probability: 0.7 },
    ];
    expect((await campaign(campaignId)).claims).toEqual(found);
    const said = { text: 'Air garam menyembuhkan', verdict: 'Salah', url: 'https://periksa.invalid/2' };
    await ani.decide({ campaignId }, 'known-hoax', { claim: said });
    expect((await campaign(campaignId)).claims).toMatchObject([said, ...found]);
  });

  it('has what was decided and said about it and its flags, newest first, and 200 of that at most', async () => {
    const { campaignId, flagIds } = await aCampaign(on('demo'), on('demo'));
    const other = await aCampaign(on('demo'));
    await ani.decide({ campaignId: other.campaignId }, 'comment', { reason: 'bukan ini' });
    const first = await ani.decide({ flagId: flagIds[1]! }, 'dismiss', { reason: 'satire' });
    await lead.decide({ campaignId }, 'comment', { reason: 'lihat utasnya' });
    await ani.decide({ campaignId }, 'assign', { assignee: 'ketua' });
    const undo = await ani.decide({ flagId: flagIds[1]! }, 'undo', { undoes: first.body.decisionId });
    const { history, review } = await campaign(campaignId);
    expect(history).toMatchObject([
      { action: 'undo', flagId: flagIds[1], undoes: first.body.decisionId },
      { action: 'assign', campaignId, assignee: 'ketua' },
      { action: 'comment', campaignId, flagId: null, reason: 'lihat utasnya', decidedBy: 'ketua', assignee: null },
      { action: 'dismiss', flagId: flagIds[1], campaignId: null, reason: 'satire', undoneBy: undo.body.decisionId },
    ]);
    expect(review).toMatchObject({ comments: 1, assignee: 'ketua' });

    await database.db.query(
      `insert into decisions (decision_id, flag_id, action, decided_by, decided_at)
       select 'bulk-' || n, $1, 'comment', 'ani', now() from generate_series(1, 200) n`,
      [flagIds[0]],
    );
    const long = (await campaign(campaignId)).history;
    expect([long.length, long[0]?.decisionId, long.at(-1)?.decisionId]).toEqual([200, 'bulk-200', 'bulk-1']);
  });

  it('keeps a first word from everybody but who gave it, until the second', async () => {
    const budi = await someoneAt(careful, database, 'analyst', 'budi');
    const cici = await someoneAt(careful, database, 'analyst', 'cici');
    const { campaignId, flagIds } = await aCampaign(on('demo'));
    await budi.decide({ flagId: flagIds[0]! }, 'confirm');
    const anybody = async () => (await careful.app.inject(`/v1/campaigns/${campaignId}`)).json<CampaignAnswer>();
    expect((await campaign(campaignId, cici)).history).toEqual([]);
    expect((await anybody()).history).toEqual([]);
    const own = await campaign(campaignId, budi);
    expect(own.history).toMatchObject([{ action: 'confirm', standing: 'held', decidedBy: 'budi' }]);
    expect(own.sample?.review.secondReview).toEqual({ wanted: true, mineIsFirst: true });

    await cici.decide({ flagId: flagIds[0]! }, 'dismiss', { reason: 'satire' });
    for (const { history } of [await campaign(campaignId, cici), await anybody()]) {
      expect(history.map(({ action, standing }) => [action, standing])).toEqual([
        ['dismiss', 'contested'],
        ['confirm', 'contested'],
      ]);
    }
  });

  it('that was merged is answered with the one it lives in, with its notices and its history', async () => {
    const [a, b] = [await aCampaign(on('demo', 0.99)), await aCampaign(on('demo', 0.98))];
    const { notice } = await noticeTo('demo', a.campaignId);
    await ani.decide({ campaignId: a.campaignId }, 'comment', { reason: 'dari grup keluarga' });
    await lead.decide({ campaignId: a.campaignId }, 'merge', { into: b.campaignId });
    const answer = await campaign(a.campaignId);
    expect(answer).toMatchObject({ campaignId: b.campaignId, mergedInto: b.campaignId, size: 2 });
    expect(answer.notices).toEqual([
      {
        ...{ noticeId: notice.noticeId, platform: 'demo', state: null, answerState: null, needsAttention: false },
        ...{ dueAt: dueAt.toISOString(), deliveredAt: null },
      },
    ]);
    expect(answer.history).toMatchObject([{ action: 'merge', into: b.campaignId }, { action: 'comment' }]);
    expect(await campaign(b.campaignId)).toEqual({ ...answer, mergedInto: null });
  });

  it('has only its own notices, and may have no member left', async () => {
    const { campaignId } = await aCampaign();
    await noticeTo('demo', (await aCampaign(on('demo', 0.99))).campaignId);
    expect(await campaign(campaignId)).toMatchObject({
      ...{ size: 0, open: 0, firstSeenAt: null, lastSeenAt: null, topScore: null, sample: null },
      ...{ platforms: [], claims: [], notices: [], timeline: [], history: [] },
    });
    await noticeTo('demo', campaignId);
    expect((await campaign(campaignId)).notices).toMatchObject([{ platform: 'demo' }]);
  });

  it('that there is not is not found', async () => {
    expect((await feed.app.inject(`/v1/campaigns/${randomUUID()}`)).statusCode).toBe(404);
    expect((await feed.app.inject('/v1/campaigns/tidak-ada')).statusCode).toBe(400);
  });
});
