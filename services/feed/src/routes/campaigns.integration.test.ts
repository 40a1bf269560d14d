import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Category } from '@siaga/contracts';
import { aFlag, useDatabase } from '@siaga/testkit';
import { someoneAt, type Someone } from '../decisions/decisions.fixture.js';
import { openCampaign, recordFlags, startFeed, type RunningFeed } from '../running-feed.fixture.js';
import type { CampaignAnswer } from './campaign.js';
import type { CampaignPage } from './campaigns.js';

const database = useDatabase();
let feed: RunningFeed;
let lead: Someone;
const id: Record<string, string> = {};

async function aCampaign(name: string, category: Category, ...flags: ReturnType<typeof aFlag>[]) {
  id[name] = await openCampaign(database.db, category);
  await recordFlags(database.db, id[name], flags);
}
const copy = (text: string, score: number, platform = 'demo') => aFlag({ score, post: { text, platform } });
const ask = (query = '') => lead.get<CampaignPage>(`/v1/campaigns${query}`);
const named = async (query: string) =>
  (await ask(query)).items.map(({ campaignId }) => Object.keys(id).find((name) => id[name] === campaignId));

beforeAll(async () => {
  feed = await startFeed(database);
  lead = await someoneAt(feed, database, 'lead', 'ketua');
  await aCampaign('keran', 'hoax', copy('air keran beracun', 0.8), copy('air keran beracun sekali', 0.9, 'lain'));
  await aCampaign('warga', 'hate', copy('usir warga itu', 0.97));
  await aCampaign('pasar', 'hate', ...[0.7, 0.71, 0.72].map((score) => copy('pasar milik kami', score)));
});
afterAll(() => feed.stop());

describe('GET /v1/campaigns', () => {
  it('lists campaigns as one asked for alone is shown, the one that grew last first', async () => {
    const { items, next, total } = await ask('?count=true');
    expect([next, total]).toEqual([null, { count: 3, exact: true }]);
    expect(items.map(({ campaignId }) => campaignId)).toEqual([id.pasar, id.warga, id.keran]);
    for (const item of items) {
      expect(await lead.get<CampaignAnswer>(`/v1/campaigns/${item.campaignId}`)).toMatchObject(item);
    }
    expect(items[2]).toMatchObject({
      ...{ category: 'hoax', size: 2, open: 2, topScore: 0.9, sample: { post: { text: 'air keran beracun sekali' } } },
      platforms: [
        { platform: 'demo', posts: 1 },
        { platform: 'lain', posts: 1 },
      ],
    });
  });

  it('filters, sorts and pages as every list does', async () => {
    expect(await named('?category=hate')).toEqual(['pasar', 'warga']);
    expect(await named('?platform=lain')).toEqual(['keran']);
    expect(await named('?language=jv')).toEqual([]);
    expect(await named('?minSize=2&sort=-topScore')).toEqual(['keran', 'pasar']);
    expect(await named('?minScore=0.9&sort=topScore')).toEqual(['keran', 'warga']);
    expect(await named('?q=meracuni or keran')).toEqual(['keran']);
    expect(await named('?to=2026-01-01T00:00:00Z')).toEqual([]);
    const first = await ask('?sort=-size&limit=2');
    const second = await ask(`?sort=-size&limit=2&cursor=${first.next}`);
    expect([...first.items, ...second.items].map(({ size }) => size)).toEqual([3, 2, 1]);
    for (const wrong of ['sort=recordedAt', 'minSize=0', 'flag=x', `cursor=${first.next}`]) {
      expect((await feed.app.inject(`/v1/campaigns?${wrong}`)).statusCode).toBe(400);
    }
  });

  it('is not sent again until something changes', async () => {
    const ifNoneMatch = (etag: string) => feed.app.inject({ url: '/v1/campaigns', headers: { 'if-none-match': etag } });
    const { etag } = (await feed.app.inject('/v1/campaigns')).headers as { etag: string };
    expect((await ifNoneMatch(etag)).statusCode).toBe(304);
    await lead.decide({ campaignId: id.pasar! }, 'comment', { reason: 'lagi' });
    expect((await ifNoneMatch(etag)).statusCode).toBe(200);
  });

  it('follows what people decide: open is where somebody has yet to', async () => {
    await lead.decide({ campaignId: id.warga! }, 'confirm');
    expect(await named('?state=open')).toEqual(['pasar', 'keran']);
    expect(await named('?state=confirmed')).toEqual(['warga']);
    const { items } = await ask('?state=open&sort=size');
    const [flagId] = [items[0]!.sample!.flagId];
    await lead.decide({ flagId }, 'dismiss', { reason: 'satire' });
    expect((await ask('?platform=lain')).items).toMatchObject([{ size: 2, open: 1, review: { state: 'open' } }]);
    await lead.decide({ campaignId: id.warga! }, 'merge', { into: id.pasar! });
    expect(await named('?sort=-size')).toEqual(['pasar', 'keran']);
    expect((await ask('?sort=-size')).items[0]).toMatchObject({ size: 4, open: 4, topScore: 0.97 });
  });
});
