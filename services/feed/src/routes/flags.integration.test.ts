import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Category } from '@siaga/contracts';
import { claimDelivery, openNotice, recordAnswer, scheduleRevision, settleDelivery } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import type { FlagItem } from '../flag-item.js';
import { openCampaign, recordFlags, startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { bearer } from '../visitors.fixture.js';

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
      review: {
        ...{ state: 'open', seq: null, decisionId: null, by: null, at: null, reason: null },
        ...{ assignee: null, comments: 0, secondReview: null },
      },
      claims: [],
      debunkedAt: null,
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

  it('filters by category, platform, score, language, label and author', async () => {
    const campaignId = await aCampaign('hoax');
    const labels = { religion: 0.5, group: 0.49 };
    const flags = [
      aFlag({ category: 'hoax', score: 0.99, post: { platform: 'alpha', language: 'id', author: 'a7' } }),
      { ...aFlag({ category: 'hoax', score: 0.7, post: { platform: 'beta', language: 'jv' } }), labels },
    ];
    await record(campaignId, ...flags);
    const found = async (query: string) => (await list(`?campaign=${campaignId}&${query}`)).items.map((i) => i.flagId);
    const [first, second] = flags.map(({ flagId }) => flagId);
    expect(await found('category=hoax')).toEqual([second, first]);
    expect(await found('category=hate')).toEqual([]);
    expect(await found('category=hate&category=hoax')).toEqual([second, first]);
    expect(await found('platform=alpha')).toEqual([first]);
    expect(await found('platform=beta&platform=alpha')).toEqual([second, first]);
    expect(await found('minScore=0.99')).toEqual([first]);
    expect(await found('maxScore=0.98')).toEqual([second]);
    expect(await found('language=id')).toEqual([first]);
    expect(await found('author=a7')).toEqual([first]);
    expect(await found('label=religion')).toEqual([second]);
    expect(await found('label=group')).toEqual([]);
  });

  it('finds words in any form of them, phrases, alternatives, and texts without a word', async () => {
    const campaignId = await aCampaign('hoax');
    const [coblos, letters] = [
      aFlag({ category: 'hoax', post: { text: 'Surat suara sudah DICOBLOS sebelum pemilihan' } }),
      aFlag({ category: 'hoax', post: { text: 'suara rakyat dalam surat terbuka' } }),
    ];
    await record(campaignId, coblos, letters);
    const found = async (q: string) =>
      (await list(`?campaign=${campaignId}&q=${encodeURIComponent(q)}`)).items.map((i) => i.flagId);
    expect(await found('suara SURAT')).toEqual([letters.flagId, coblos.flagId]);
    // One stem: dicoblos, mencoblos; pemilihan, memilih.
    expect(await found('mencoblos memilih')).toEqual([coblos.flagId]);
    expect(await found('"surat suara"')).toEqual([coblos.flagId]);
    expect(await found('surat -terbuka')).toEqual([coblos.flagId]);
    expect(await found('dicoblos or terbuka')).toEqual([letters.flagId, coblos.flagId]);
    for (const nothing of ['suar', '_', '%', '\\', "'", '" or -', '!&|():*<->', '\u202e']) {
      expect(await found(nothing)).toEqual([]);
    }
  });

  it('takes flags from a window of time', async () => {
    const campaignId = await aCampaign();
    await record(campaignId, aFlag(), aFlag());
    const { recordedAt } = (await list(`?campaign=${campaignId}`)).items[0]!;
    // Stored to the microsecond and shown to the millisecond, which is not later.
    const later = new Date(Date.parse(recordedAt) + 1).toISOString();
    const count = async (query: string) => (await list(`?campaign=${campaignId}&${query}`)).items.length;
    expect(await count(`from=${recordedAt}`)).toBe(2);
    expect(await count(`from=${recordedAt}&to=${later}`)).toBe(2);
    expect(await count(`from=${later}`)).toBe(0);
    expect(await count(`to=${recordedAt}`)).toBe(0);
    expect(await count('from=2026-01-01T00:00:00%2B07:00&to=2199-01-01T00:00:00Z')).toBe(2);
  });

  it('knows of each flag what people have last decided', async () => {
    const campaignId = await aCampaign();
    const [open, dismissed, confirmed] = [aFlag(), aFlag(), aFlag()];
    await record(campaignId, open, dismissed, confirmed);
    const headers = await bearer(database.db, 'analyst');
    for (const [{ flagId }, action] of [
      [dismissed, 'confirm'],
      [dismissed, 'dismiss'],
      [confirmed, 'confirm'],
    ] as const) {
      const payload = { subject: { flagId }, action, reason: 'quote' };
      expect((await feed.app.inject({ method: 'POST', url: '/v1/decisions', payload, headers })).statusCode).toBe(200);
    }
    const found = async (query: string) => (await list(`?campaign=${campaignId}&${query}`)).items.map((i) => i.flagId);
    expect(await found('state=open')).toEqual([open.flagId]);
    expect(await found('state=confirmed')).toEqual([confirmed.flagId]);
    expect(await found('state=dismissed&state=open')).toEqual([dismissed.flagId, open.flagId]);
    expect(await found('state=escalated')).toEqual([]);
  });

  it.each(['recordedAt', 'createdAt', 'score'])('walks every page once by %s, either way', async (sort) => {
    const campaignId = await aCampaign();
    const createdAt = ['2026-11-01T00:00:00.001Z', '2026-11-01T00:00:00.002Z', '2026-10-01T00:00:00.000Z'];
    // Equal values across the ends of pages: the order among them must hold too.
    const flags = Array.from({ length: 9 }, (_, i) =>
      aFlag({ score: [0.7, 0.95, 1 / 3 + 0.4][i % 3] as number, post: { createdAt: createdAt[i % 3] as string } }),
    );
    await record(campaignId, ...flags);
    const walk = async (order: string) => {
      const seen: FlagItem[] = [];
      for (let next: string | null = ''; next !== null;) {
        const page = await list(`?campaign=${campaignId}&limit=2&sort=${order}${next && `&cursor=${next}`}`);
        seen.push(...page.items);
        next = page.next;
        if (seen.length > 9) break;
      }
      return seen;
    };
    const up = await walk(sort);
    const value = { recordedAt: 'seq', score: 'score' }[sort] as 'seq' | 'score' | undefined;
    const values = up.map((item) => (value ? item[value] : item.post.createdAt));
    expect(new Set(up.map(({ seq }) => seq)).size).toBe(9);
    expect(values).toEqual([...values].sort((a, b) => (a < b ? -1 : 1)));
    expect((await walk(`-${sort}`)).map(({ seq }) => seq)).toEqual(up.map(({ seq }) => seq).reverse());
  });

  it('counts what the filters let through, and not without being asked', async () => {
    const campaignId = await aCampaign();
    await record(campaignId, aFlag(), aFlag(), aFlag());
    const answer = (await feed.app.inject(`/v1/flags?campaign=${campaignId}&limit=1&count=true`)).json();
    expect(answer.items).toHaveLength(1);
    expect(answer.total).toEqual({ count: 3, exact: true });
    expect(await list(`?campaign=${campaignId}`)).not.toHaveProperty('total');
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
    const expected = {
      noticeId,
      state: 'scheduled',
      answerState: null,
      needsAttention: false,
      dueAt: dueAt.toISOString(),
      deliveredAt: null,
    };
    expect(await notice()).toEqual(expected);
    const claimed = await db.transaction((tx) => claimDelivery(tx, 60_000));
    expect(claimed?.deliveryId).toBe(deliveryId);
    await settleDelivery(db, claimed!, 'acknowledged');
    await recordAnswer(db, { answerId: randomUUID(), noticeId, state: 'actioned' });
    expect(await notice()).toMatchObject({
      state: 'delivered',
      answerState: 'actioned',
      deliveredAt: expect.any(String),
    });
    expect((await notice())?.needsAttention).toBe(false);
    await recordAnswer(db, { answerId: randomUUID(), noticeId, state: 'disputed' });
    expect((await notice())?.needsAttention).toBe(true);
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
    expect(summary.notices).toMatchObject({ total: 1, byState: { disputed: 1 }, overdue: 0 });
  });
});
