import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aFlag, useDatabase } from '@siaga/testkit';
import { startNotices, type Notices } from './notices.fixture.js';
import { dueAt, revisionMs } from './policy.js';
import { aPolicy } from './policy.fixture.js';

const database = useDatabase();
const PLATFORMS = ['demo', 'forum', 'mikroblog'] as const;
const RUMOUR = 'usir semua pendatang dari kampung kita sebelum mereka merebut tanah dan pekerjaan anak cucu';
let notices: Notices;

beforeEach(async () => {
  notices = await startNotices(database);
  const policy = aPolicy(notices.receiver.url, { revisionMinutes: 15 });
  const platforms = Object.fromEntries(PLATFORMS.map((id) => [id, policy.platforms.demo!]));
  notices.obey({ ...policy, platforms });
});
afterEach(() => notices.close());

const copy = (i: number) =>
  aFlag({ post: { text: `${RUMOUR} ${'!'.repeat(i % 5)} nomor ${i}`, platform: PLATFORMS[i % 3]! } });
const urlsOf = (flags: readonly ReturnType<typeof copy>[], platform: string) =>
  flags.filter(({ post }) => post.platform === platform).map(({ post }) => post.url);

describe('a campaign over several platforms', () => {
  it('is one notice a platform with the platform’s own addresses, and later copies are one revision of it', async () => {
    const first = Array.from({ length: 40 }, (_, i) => copy(i));
    await notices.record(first.slice(0, 25));
    await notices.record(first.slice(25));
    await notices.deliverAll();
    const { received } = notices.receiver;
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ body }) => body.campaign_id)).size).toBe(1);
    const listed = received.map(({ body }) => JSON.stringify(body.urls)).sort();
    expect(listed).toEqual(PLATFORMS.map((platform) => JSON.stringify(urlsOf(first, platform))).sort());

    const later = Array.from({ length: 10 }, () => aFlag({ post: { text: `${RUMOUR} lagi`, platform: 'forum' } }));
    for (const flag of later) {
      await notices.record([flag]);
      await notices.deliverAll();
    }
    expect(received).toHaveLength(3);
    await notices.hurry();
    await notices.deliverAll();
    expect(received).toHaveLength(4);
    expect(received[3]?.body).toMatchObject({
      ...{ revision: 2, supersedes: 1, instrument: 'referral', automated_detection: true },
      urls: [...urlsOf(first, 'forum'), ...later.map(({ post }) => post.url)],
      model: { name: 'test', version: '1', score: 0.97, threshold: 0.9 },
    });
    expect(received[3]?.body.notice_id).toBe(
      received.find(({ body }) => sameUrls(body.urls, urlsOf(first, 'forum')))?.body.notice_id,
    );
  });

  it('does not wait longer for later copies than a tenth of the deadline', () => {
    const policy = aPolicy('http://demo.invalid', { revisionMinutes: 15, urgencies: { normal: { hours: 1 } } });
    expect(revisionMs(policy, 'normal')).toBe(6 * 60_000);
    expect(dueAt(policy, 'normal', new Date(0))).toEqual(new Date(3_600_000));
  });
});

const sameUrls = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
