import { beforeAll, describe, expect, it } from '@jest/globals';
import { useDatabase } from '@siaga/testkit';
import { campaignList, type CampaignFilters } from './campaign-list.js';
import { listCampaigns } from './campaign-search.js';
import { bindings, whereOf, type Page, type Position } from './list-query.js';

const database = useDatabase();
const CAMPAIGNS = 3_000;
/** The first ones have more members: at most so many. */
const MOST_MEMBERS = 40;

beforeAll(async () => {
  const { db } = database;
  await db.query(
    `insert into campaigns (campaign_id, category, signature, review_state)
     select md5(i::text)::uuid, case when i % 3 = 0 then 'hoax' else 'hate' end, '{1}',
            case when i % 500 = 0 then 'disputed' when i % 4 = 0 then 'confirmed' else 'open' end
       from generate_series(1, $1::int) i`,
    [CAMPAIGNS],
  );
  await db.query(
    `insert into flags (flag_id, campaign_id, reported, post_id, category, platform, language, text, text_sha256, source, score,
       threshold, escalate_threshold, scores, model_name, model_version, reasons, created_at, seen_at, flagged_at, recorded_at,
       review_state)
     select i || '-' || n, md5(i::text)::uuid, false, i || '-' || n, 'hate',
            case when (i + n) % 97 = 0 then 'kecil' else 'besar' end, case when i % 2 = 0 then 'id' else 'ms' end,
            case when i < 300 then 'lama ' else '' end || case when i % 700 = 5 and n = 1 then 'langka ' else '' end
              || case when n = $2::int then 'terlemah' else 'kuat' end,
            'x', 'test', (i * 37 % 1000) / 2000.0 + (1.0 - n / 100.0) / 2, 0.1, 0.9, '{}', 'm', '1', '[]', now(), now(), now(),
            now() - ($1::int - i) * interval '10 minutes' - n * interval '1 second',
            case when i % 500 = 0 then 'disputed' when i % 4 = 0 then 'confirmed' else 'open' end
       from generate_series(1, $1::int) i, generate_series(1, greatest(1, $2::int - i / 10)) n`,
    [CAMPAIGNS, MOST_MEMBERS],
  );
  // One lives in another, and one has been left by everything.
  await db.query(
    `update campaigns set lives_in = md5('7')::uuid, merged_into = md5('7')::uuid where campaign_id = md5('2999')::uuid`,
  );
  await db.query(`delete from flags where campaign_id = md5('2998')::uuid`);
  await db.query('analyze flags, campaigns, campaign_platforms');
});

/** What a plain statement finds, and what is found page by page. */
async function bothWays(filters: CampaignFilters, sort: string, budgetMs?: number) {
  const { values, bind } = bindings();
  const where = whereOf(campaignList, filters, bind).join(' and ') || 'true';
  const [column, direction] = [
    campaignList.sorts[sort.replace('-', '')]?.column,
    sort.startsWith('-') ? 'desc' : 'asc',
  ];
  const plain = await database.db.query<{ id: string }>(
    `select campaign_id as id from ${campaignList.from} where ${where} order by ${column} ${direction}, campaign_id ${direction}`,
    values,
  );
  const paged: string[] = [];
  const page: Page = { sort: sort.replace('-', ''), descending: sort.startsWith('-'), limit: 20 };
  for (let after: Position | undefined, more = true; more;) {
    const { rows, next } = await listCampaigns(database.db, filters, { ...page, after }, budgetMs);
    expect(rows.length).toBeLessThanOrEqual(20);
    paged.push(...rows.map(({ campaignId }) => campaignId));
    more = next !== null;
    after = next ?? undefined;
  }
  return { plain: plain.map(({ id }) => id), paged };
}

const ago = (tens: number) => new Date(Date.now() - tens * 600_000);
const QUESTIONS: readonly CampaignFilters[] = [
  {},
  { category: ['hoax'], state: ['open'] },
  { state: ['disputed'] },
  { state: ['open', 'disputed'], minSize: 30 },
  { platform: ['kecil'] },
  { language: ['ms'], minScore: 0.9 },
  { q: 'langka' },
  { q: 'lama langka', category: ['hate'] },
  { q: 'lama', platform: ['kecil'], language: ['id'] },
  { minSize: 38 },
  { from: ago(2_000), to: ago(1_950) },
  { q: 'lama', from: ago(2_800) },
];

describe('listCampaigns', () => {
  it.each(
    QUESTIONS.flatMap((filters) =>
      ['-lastSeenAt', 'lastSeenAt', '-size', 'topScore'].map((sort) => ({ filters, sort })),
    ),
  )('finds page by page what is there: $filters, by $sort', async ({ filters, sort }) => {
    const { plain, paged } = await bothWays(filters, sort);
    expect(plain.length).toBeGreaterThan(0);
    expect(paged).toEqual(plain);
    expect((await bothWays(filters, sort, 0)).paged).toEqual(plain);
  });

  it('looks for words among the strongest members, and so not at all of a hundred thousand', async () => {
    expect((await bothWays({ q: 'terlemah' }, '-size')).paged).toEqual([]);
    expect((await bothWays({ q: 'tiada' }, '-size')).paged).toEqual([]);
  });

  it('leaves out what was merged, and what every flag has left', async () => {
    const { paged } = await bothWays({}, '-lastSeenAt');
    expect(paged).toHaveLength(CAMPAIGNS - 2);
  });

  it('says of each how far it went', async () => {
    const { rows } = await listCampaigns(database.db, {}, { sort: 'size', limit: 1 });
    expect(rows).toMatchObject([{ size: MOST_MEMBERS, sample: { platform: 'besar' } }]);
    const { size, open, platforms, topScore, sample } = rows[0]!;
    expect([open, platforms.reduce((sum, { posts }) => sum + posts, 0), topScore]).toEqual([size, size, sample?.score]);
  });
});
