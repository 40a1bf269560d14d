import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aFlag, useDatabase } from '@siaga/testkit';
import { someoneAt, type Someone } from '../decisions/decisions.fixture.js';
import { openCampaign, recordFlags, startFeed, type RunningFeed } from '../running-feed.fixture.js';
import type { DecisionPage } from './decision-list.js';

const database = useDatabase();
let feed: RunningFeed;
let ani: Someone;
let budi: Someone;
beforeAll(async () => {
  feed = await startFeed(database);
  [ani, budi] = [await someoneAt(feed, database, 'analyst', 'ani'), await someoneAt(feed, database, 'analyst', 'budi')];
});
afterAll(() => feed.stop());

describe('GET /v1/decisions', () => {
  it('lists what people decided, the latest first, by who and about what, page by page', async () => {
    const campaignId = await openCampaign(database.db);
    const [one, other] = [aFlag(), aFlag()];
    await recordFlags(database.db, campaignId, [one, other]);
    await ani.decide({ flagId: one.flagId }, 'confirm');
    await budi.decide({ flagId: other.flagId }, 'dismiss', { reason: 'satire' });
    await ani.decide({ campaignId }, 'escalate');
    const list = async (query = '') => (await feed.app.inject(`/v1/decisions${query}`)).json<DecisionPage>();
    const actions = ({ items }: DecisionPage) => items.map(({ action }) => action);
    expect(actions(await list())).toEqual(['escalate', 'dismiss', 'confirm']);
    expect(actions(await list('?sort=decidedAt&action=confirm&action=escalate'))).toEqual(['confirm', 'escalate']);
    expect((await list('?by=budi')).items).toMatchObject([
      { flagId: other.flagId, reason: 'satire', decidedBy: 'budi' },
    ]);
    expect(actions(await list(`?campaign=${campaignId}`))).toEqual(['escalate']);
    expect(actions(await list(`?flag=${encodeURIComponent(one.flagId)}`))).toEqual(['confirm']);
    expect(actions(await list('?from=2100-01-01T00:00:00Z'))).toEqual([]);
    const first = await list('?limit=2');
    expect(actions(await list(`?limit=2&cursor=${first.next}`))).toEqual(['confirm']);
  });
});
