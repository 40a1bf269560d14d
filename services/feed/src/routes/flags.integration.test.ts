import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Category } from '@siaga/contracts';
import { markDelivered, openNotice, recordAnswer, scheduleRevision } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import type { FlagItem } from '../flag-item.js';
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

async function list(query = ''): Promise<{ items: FlagItem[]; next: string | null }> {
  const answer = await feed.app.inject(`/v1/flags${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json();
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
        removedAt: null,
      },
      flaggedAt: flag.flaggedAt,
      recordedAt: expect.any(String),
      reportedAs: 'hate',
      notice: null,
      audit: null,
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
    await scheduleRevision(db, { deliveryId, noticeId, channel: 'webhook', settleMs: 0, revisionMs: 0 });
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

  it('says of a post of two categories under which one it is reported', async () => {
    const campaignId = await aCampaign();
    const hate = aFlag();
    await record(campaignId, hate, aFlag({ category: 'bullying', score: 0.7, post: hate.post }), aFlag({ score: 0.7 }));
    const { items } = await list(`?campaign=${campaignId}`);
    expect(items.map(({ category, reportedAs }) => [category, reportedAs])).toEqual([
      ['hate', null],
      ['bullying', 'hate'],
      ['hate', 'hate'],
    ]);
  });

  it('sums up what is recorded', async () => {
    const summary = (await feed.app.inject('/v1/summary')).json();
    expect(summary.flags.total).toBeGreaterThan(0);
    expect(summary.flags.byCategory.hate).toBeGreaterThan(0);
    expect(summary.flags.byPlatform.alpha).toBe(1);
    expect(summary.notices).toMatchObject({ total: 1, byState: { actioned: 1 }, overdue: 0 });
  });
});
