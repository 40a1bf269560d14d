import type { Category } from '@siaga/contracts';
import type { Queryable } from './database.js';

/** How often two people, the second not knowing the first's word, found a thing to be of the category. */
export interface AgreementTable {
  readonly both: number;
  readonly firstOnly: number;
  readonly secondOnly: number;
  readonly neither: number;
}

export interface AgreementCounts {
  readonly tables: Readonly<Record<Category, AgreementTable>>;
  /** First words that wait for a second one, now. */
  readonly waiting: number;
  /** Flags and campaigns on which two people differ and nobody has settled it, now. */
  readonly disputed: number;
}

/** @param window of the times of the second words; open where not given */
export async function agreementCounts(
  db: Queryable,
  { from, to }: { readonly from?: Date | undefined; readonly to?: Date | undefined } = {},
): Promise<AgreementCounts> {
  const [rows, [now]] = await Promise.all([
    db.query<AgreementTable & { category: Category }>(
      `with pairs as (
         select coalesce(f.category, c.category) as category, a.action as first, b.action as second,
                a.categories as first_found, b.categories as second_found
           from decisions b join decisions a on a.decision_id = b.second_of
           left join flags f on f.flag_id = b.flag_id left join campaigns c on c.campaign_id = b.campaign_id
          where b.second_of is not null and a.undone_by is null and b.undone_by is null
            and ($1::timestamptz is null or b.decided_at >= $1) and ($2::timestamptz is null or b.decided_at < $2)
       ), words as (
         select category, first <> 'dismiss' as first, second <> 'dismiss' as second from pairs where first_found is null
         union all
         select one, one = any(first_found), one = any(second_found)
           from pairs cross join unnest('{hoax,hate,bullying}'::text[]) one where first_found is not null
       )
       select category, (count(*) filter (where first and second))::int as both,
              (count(*) filter (where first and not second))::int as "firstOnly",
              (count(*) filter (where second and not first))::int as "secondOnly",
              (count(*) filter (where not first and not second))::int as neither
         from words group by category`,
      [from ?? null, to ?? null],
    ),
    db.query<{ waiting: number; disputed: number }>(
      `select (select count(*) from decisions where standing = 'held' and undone_by is null)::int as waiting,
              (select count(*) from flags where review_state = 'disputed' and reviewed_itself)::int
              + (select count(*) from campaigns where review_state = 'disputed')::int as disputed`,
    ),
  ]);
  const of = (category: Category): AgreementTable => {
    const {
      both = 0,
      firstOnly = 0,
      secondOnly = 0,
      neither = 0,
    } = rows.find((row) => row.category === category) ?? {};
    return { both, firstOnly, secondOnly, neither };
  };
  const tables = { hoax: of('hoax'), hate: of('hate'), bullying: of('bullying') };
  return { tables, waiting: now?.waiting ?? 0, disputed: now?.disputed ?? 0 };
}
