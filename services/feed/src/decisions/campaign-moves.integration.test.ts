import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Category } from '@siaga/contracts';
import { aFlag, useDatabase } from '@siaga/testkit';
import type { FlagItem } from '../flag-item.js';
import { openCampaign, recordFlags, startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { someoneAt, type Someone } from './decisions.fixture.js';

const database = useDatabase();
let feed: RunningFeed;
let ani: Someone;
let lead: Someone;
beforeAll(async () => {
  feed = await startFeed(database);
  [ani, lead] = [await someoneAt(feed, database, 'analyst', 'ani'), await someoneAt(feed, database, 'lead', 'ketua')];
});
afterAll(() => feed.stop());

async function aCampaign(size: number, category: Category = 'hate') {
  const campaignId = await openCampaign(database.db, category);
  const flags = Array.from({ length: size }, (_none, i) =>
    aFlag({ category, post: { text: `usir mereka dari sini ${i}` } }),
  );
  await recordFlags(database.db, campaignId, flags);
  return { campaignId, flagIds: flags.map(({ flagId }) => flagId) };
}
const inCampaign = async (campaignId: string) => {
  const { items } = await ani.get<{ items: FlagItem[] }>(`/v1/flags?campaign=${campaignId}&sort=recordedAt`);
  return Object.fromEntries(items.map(({ flagId, review }) => [flagId, review.state]));
};

describe('to merge and to split campaigns', () => {
  it('takes a lead', async () => {
    const [a, b] = [await aCampaign(2), await aCampaign(1)];
    expect((await ani.decide({ campaignId: a.campaignId }, 'merge', { into: b.campaignId })).status).toBe(403);
    const some = { flags: a.flagIds.slice(0, 1) };
    expect((await ani.decide({ campaignId: a.campaignId }, 'split', some)).status).toBe(403);
    const merged = await lead.decide({ campaignId: a.campaignId }, 'merge', { into: b.campaignId });
    const undo = { undoes: merged.body.decisionId };
    expect((await ani.decide({ campaignId: a.campaignId }, 'undo', undo)).status).toBe(403);
  });

  it('brings the flags under the other campaign’s decision, until it is undone', async () => {
    const [a, b] = [await aCampaign(2), await aCampaign(1)];
    const [own, follows] = a.flagIds as [string, string];
    await ani.decide({ flagId: own }, 'confirm');
    await ani.decide({ campaignId: b.campaignId }, 'dismiss', { reason: 'quote' });
    const { body } = await lead.decide({ campaignId: a.campaignId }, 'merge', { into: b.campaignId });
    expect(body.into).toBe(b.campaignId);
    const all = { [own]: 'confirmed', [follows]: 'dismissed', [b.flagIds[0]!]: 'dismissed' };
    expect(await inCampaign(b.campaignId)).toEqual(all);
    expect(await inCampaign(a.campaignId)).toEqual({});
    expect((await ani.decide({ campaignId: a.campaignId }, 'confirm')).status).toBe(409);

    await lead.decide({ campaignId: a.campaignId }, 'undo', { undoes: body.decisionId });
    expect(await inCampaign(a.campaignId)).toEqual({ [own]: 'confirmed', [follows]: 'open' });
    expect(await inCampaign(b.campaignId)).toEqual({ [b.flagIds[0]!]: 'dismissed' });
  });

  it('opens a campaign for the flags that leave, and an undo brings them back', async () => {
    const { campaignId, flagIds } = await aCampaign(3);
    await ani.decide({ campaignId }, 'confirm');
    const { body } = await lead.decide({ campaignId }, 'split', { flags: [flagIds[1]] });
    expect(await inCampaign(campaignId)).toEqual({ [flagIds[0]!]: 'confirmed', [flagIds[2]!]: 'confirmed' });
    expect(await inCampaign(body.into!)).toEqual({ [flagIds[1]!]: 'open' });
    await lead.decide({ campaignId }, 'undo', { undoes: body.decisionId });
    expect(Object.values(await inCampaign(campaignId))).toEqual(['confirmed', 'confirmed', 'confirmed']);
  });

  it('is refused where it makes no sense', async () => {
    const [a, b, gone] = [await aCampaign(2), await aCampaign(1, 'hoax'), await aCampaign(1)];
    const subject = { campaignId: a.campaignId };
    await lead.decide({ campaignId: gone.campaignId }, 'merge', { into: a.campaignId });
    const wrong: [string, object, number][] = [
      ...[['merge', { into: a.campaignId }, 409] as [string, object, number]],
      ['merge', { into: b.campaignId }, 409],
      ['merge', { into: gone.campaignId }, 409],
      ['merge', { into: '00000000-0000-4000-8000-000000000000' }, 409],
      ['merge', {}, 400],
      ['split', { flags: [...a.flagIds, ...gone.flagIds] }, 409],
      ['split', { flags: b.flagIds }, 409],
      ['split', { flags: [] }, 400],
    ];
    for (const [action, fields, status] of wrong) {
      expect([action, fields, (await lead.decide(subject, action, fields)).status]).toEqual([action, fields, status]);
    }
    expect((await lead.decide({ flagId: a.flagIds[0]! }, 'merge', { into: b.campaignId })).status).toBe(400);
  });
});
