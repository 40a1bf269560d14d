import { beforeAll, describe, expect, it } from '@jest/globals';
import { useDatabase } from '@siaga/testkit';
import type { FlagFilters } from './flag-list.js';
import { listFlagRows, listFlags } from './flag-search.js';
import { slices } from './flag-slices.js';
import { bindings, positionAfter, whereOf, type Page, type Position } from './list-query.js';
import type { Found } from './read-on.js';
import { flagList } from './flag-list.js';

const database = useDatabase();
const ROWS = 6_000;
/** Numbers apart, so that few rows lie in many buckets. */
const APART = 40;

beforeAll(async () => {
  const { db } = database;
  await db.query(
    `insert into campaigns (campaign_id, category, signature)
     select ('00000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, 'hate', '{1}' from generate_series(0, 99) i`,
  );
  await db.query(
    `insert into flags (seq, flag_id, campaign_id, reported, post_id, category, platform, author, language, text, text_sha256,
       source, score, threshold, escalate_threshold, scores, labels, model_name, model_version, reasons, created_at, seen_at,
       flagged_at, recorded_at, audit_share, review_state)
     overriding system value
     select i * $2::int, 'f' || i, case when i % 50 > 0 then ('00000000-0000-0000-0000-' || lpad((i % 100)::text, 12, '0'))::uuid end,
            false, 'p' || i, case when i % 3 = 0 then 'hoax' else 'hate' end, case when i % 7 = 0 then 'kecil' else 'besar' end,
            'author-' || i % 500, case when i % 2 = 0 then 'id' end,
            case when i < 900 then 'lama ' else '' end || case when i % 1000 = 5 then 'langka ' else '' end
              || case when i % 4 = 0 then 'merah padam' else 'padam merah' end,
            'x', 'test', (i * 37 % 1000) / 1000.0, 0.1, 0.9, '{}', case when i % 11 = 0 then '{"race": 0.7}'::jsonb end,
            'm', '1', '[]', now() - i * 7919 % 6000 * interval '1 minute', now(), now(),
            now() - ($1::int - i) * interval '10 minutes', case when i % 50 = 0 then 0.02 end,
            case i % 90 when 4 then 'escalated' when 6 then 'dismissed' else 'open' end
       from generate_series(1, $1::int) i`,
    [ROWS, APART],
  );
  await db.query(`select setval(pg_get_serial_sequence('flags', 'seq'), (select max(seq) from flags))`);
  await db.query('analyze flags');
});

/** What a plain statement finds, and what is found page by page. */
async function bothWays(filters: FlagFilters, page: Omit<Page, 'limit' | 'after'>, limit: number) {
  const { values, bind } = bindings();
  const where = whereOf(flagList, filters, bind).join(' and ') || 'true';
  const column = page.sort === undefined ? null : flagList.sorts[page.sort]?.column;
  const direction = page.descending === false ? 'asc' : 'desc';
  const plain = await database.db.query<{ seq: string }>(
    `select seq from flags where ${where} order by ${column ? `${column} ${direction}, ` : ''}seq ${direction}`,
    values,
  );
  const paged: number[] = [];
  for (let after: Position | undefined, more = true; more;) {
    const { rows, next } = await listFlags(database.db, filters, { ...page, after, limit });
    expect(rows.length).toBeLessThanOrEqual(limit);
    paged.push(...rows.map(({ seq }) => seq));
    more = next !== null;
    after = next ?? undefined;
  }
  return { plain: plain.map(({ seq }) => Number(seq)), paged };
}

const CAMPAIGN = '00000000-0000-0000-0000-000000000017';
const QUESTIONS: readonly FlagFilters[] = [
  { q: 'langka' },
  { q: 'lama' },
  { q: 'lama langka', category: ['hate'] },
  { q: '"merah padam" lama' },
  { q: '-padam' },
  { q: 'tiada' },
  { audit: true, platform: ['kecil'] },
  { audit: false, label: ['race'], language: ['id'], minScore: 0.9 },
  { author: ['author-7', 'author-13'] },
  { campaign: [CAMPAIGN], maxScore: 0.5 },
  { minScore: 0.999 },
  { minScore: 0.5, maxScore: 0.505, category: ['hate', 'hoax'] },
  { q: 'lama', from: new Date(Date.now() - 5_800 * 600_000), to: new Date(Date.now() - 5_500 * 600_000) },
  { platform: ['kecil'], before: 90_000 },
  { state: ['escalated'] },
  { state: ['escalated', 'dismissed'], category: ['hoax'], audit: false },
];

describe('listFlags', () => {
  it.each(
    QUESTIONS.flatMap((filters) =>
      ['-recordedAt', 'recordedAt', '-score', 'createdAt'].map((sort) => ({ filters, sort })),
    ),
  )('finds page by page what is there: $filters, by $sort', async ({ filters, sort }) => {
    const page = { sort: sort.replace('-', ''), descending: sort.startsWith('-') };
    const { plain, paged } = await bothWays(filters, page, 20);
    expect(paged).toEqual(plain);
  });

  it('has found something to compare', async () => {
    for (const filters of QUESTIONS.filter(({ q }) => q !== 'tiada' && q !== '-padam')) {
      expect((await bothWays(filters, {}, 200)).paged.length).toBeGreaterThan(0);
    }
  });

  it.each(['-score', 'score', '-createdAt', 'createdAt'])(
    'finds in slices of the order by %s what many flags have, wherever the search begins',
    async (sort) => {
      const page = { sort: sort.replace('-', ''), descending: sort.startsWith('-'), limit: 20 };
      const filters = { q: 'padam', category: ['hoax'] };
      const { plain } = await bothWays(filters, page, 500);
      const search = { filters, indexed: filters, page, window: { first: 0, last: Number.MAX_SAFE_INTEGER } };
      const way = await slices(database.db, search);
      const found: number[] = [];
      let from: Position | null = { value: page.descending ? 8e15 : -1, key: '0' };
      for (let size = 1; from; size = (size % 7) + 1) {
        const part: Found = (await way?.look(database.db, search, { from, size, wanted: 20 })) as Found;
        found.push(...part.rows.map(({ sortTie }) => Number(sortTie)));
        const last = part.rows.at(-1);
        from = part.rows.length === 20 && last ? positionAfter(last) : part.stoppedAt;
      }
      expect(found.length).toBeGreaterThan(1_000);
      expect(found).toEqual(plain);
    },
  );

  it('gives the same flags as rows of a table', async () => {
    const page = { sort: 'score', limit: 30 };
    const [flags, rows] = [await listFlags(database.db, {}, page), await listFlagRows(database.db, {}, page)];
    expect(flags).toMatchObject(rows);
  });

  it('gives a short page and goes on after it, where finding more would take long', async () => {
    const page = { sort: 'recordedAt', descending: true, limit: 50 };
    const first = await listFlags(database.db, { q: 'lama' }, page, 0);
    expect(first.rows).toEqual([]);
    const second = await listFlags(database.db, { q: 'lama' }, { ...page, after: first.next as Position }, Infinity);
    expect(second.rows).toHaveLength(50);
  });
});
