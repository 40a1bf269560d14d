import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { aFlag, useDatabase } from '@siaga/testkit';
import { insertCampaign } from './campaigns.js';
import { insertFlags } from './flags.js';

const database = useDatabase();

const campaign = async () => {
  const campaignId = randomUUID();
  await insertCampaign(database.db, { campaignId, category: 'hate', signature: [1], bands: [1] });
  return campaignId;
};
const record = (campaignId: string | null, ...platforms: string[]) =>
  insertFlags(
    database.db,
    platforms.map((platform, i) => ({
      flag: aFlag({ post: { platform }, score: 0.9 + i / 100, ...(campaignId === null && { audit: { share: 0.1 } }) }),
      campaignId,
      reported: false,
    })),
  );
const kept = (campaignId: string) =>
  database.db.query(
    `select size, open, top_score as score, first_seen_at is not null as seen,
            (select json_object_agg(platform, posts order by platform) from campaign_platforms p where p.campaign_id = c.campaign_id) as platforms
       from campaigns c where campaign_id = $1`,
    [campaignId],
  );

describe("a campaign's size", () => {
  it('follows its flags as they come, move and go', async () => {
    const [one, other] = [await campaign(), await campaign()];
    await record(one, 'demo', 'demo', 'forum');
    await record(null, 'demo');
    await record(one, 'forum');
    expect(await kept(one)).toEqual([{ size: 4, open: 4, score: 0.92, seen: true, platforms: { demo: 2, forum: 2 } }]);
    // Some are decided before they move, some while.
    await database.db.query(
      `update flags set review_state = 'confirmed' where campaign_id = $1 and platform = 'demo' and score < 0.905`,
      [one],
    );
    expect(await kept(one)).toMatchObject([{ size: 4, open: 3 }]);
    await database.db.query(`update flags set campaign_id = $2 where campaign_id = $1 and platform = 'demo'`, [
      one,
      other,
    ]);
    expect(await kept(one)).toEqual([{ size: 2, open: 2, score: 0.92, seen: true, platforms: { forum: 2 } }]);
    expect(await kept(other)).toEqual([{ size: 2, open: 1, score: 0.91, seen: true, platforms: { demo: 2 } }]);
    await database.db.query(`update flags set review_state = 'open', campaign_id = $2 where campaign_id = $1`, [
      other,
      one,
    ]);
    expect(await kept(one)).toMatchObject([{ size: 4, open: 4 }]);
    expect(await kept(other)).toMatchObject([{ size: 0, open: 0 }]);
    await database.db.query('delete from flags where campaign_id = $1', [one]);
    expect(await kept(one)).toEqual([{ size: 0, open: 0, score: null, seen: false, platforms: null }]);
  });
});
