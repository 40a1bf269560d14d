import type { Queryable } from './database.js';
import type { RecordedFlag } from './flag-list.js';
import { flagsOfSeqs } from './flags-of-seqs.js';
import { campaignReviewSql, flagReviewSql, type RecordedReview } from './reviews.js';

/**
 * What happens to flags, in one order: a flag is recorded, or it gains a claim that was debunked since, or it loses its text
 * because its post was taken down, or people decide about it or its campaign.
 */
export type FlagChange =
  | { readonly seq: number; readonly recorded: RecordedFlag }
  | { readonly seq: number; readonly debunked: RecordedFlag }
  | { readonly seq: number; readonly removed: RemovedFlag }
  | { readonly seq: number; readonly decided: Decided };

/** A decision, without what was decided: only how its subject stands now. */
export interface Decided {
  /** Of the two, one is given. */
  readonly flagId: string | null;
  readonly campaignId: string | null;
  readonly decidedAt: Date;
  readonly review: RecordedReview;
  /** The campaign that flags went to, by a merge or a split, or left again, by the undo of one. */
  readonly into: string | null;
}

export interface RemovedFlag {
  readonly flagId: string;
  readonly postId: string;
  readonly removedAt: Date;
}

/** Where a change stands, and of which kind it is. */
export interface ChangeRow {
  readonly seq: number;
  readonly kind: 'recorded' | 'debunked' | 'removed' | 'decided';
}

/**
 * What a live reader has missed, oldest first. One statement decides what comes, since several would see several states of
 * the tables: then a flag could commit between them with a number that the reader has passed already.
 *
 * @returns at most `limit` changes numbered after `seq`; flags and reviews as they are now, so without a text that is gone
 */
export async function changesAfter(db: Queryable, seq: number, limit: number): Promise<FlagChange[]> {
  const part = (kind: ChangeRow['kind'], table: string, column: string) =>
    `(select ${column}::double precision as seq, '${kind}' as kind from ${table}
       where ${column} > $1::bigint order by ${table}.${column} limit $2)`;
  const rows = await db.query<ChangeRow>(
    `select * from (
       ${part('recorded', 'flags', 'seq')} union all ${part('removed', 'flags', 'removed_seq')}
       union all ${part('debunked', 'flags', 'debunked_seq')}
       union all ${part('decided', 'decisions', 'change_seq')}
     ) changes order by seq limit $2`,
    [seq, limit],
  );
  return changesOf(db, rows);
}

/** What stands there, with flags and reviews as they are now. */
export async function changesOf(db: Queryable, rows: readonly ChangeRow[]): Promise<FlagChange[]> {
  const seqsOf = (kind: ChangeRow['kind']) => rows.filter((row) => row.kind === kind).map((row) => row.seq);
  const [recorded, debunked, removed, decided] = await Promise.all([
    flagsOfSeqs(db, seqsOf('recorded')),
    flagsOfSeqs(db, seqsOf('debunked'), 'debunked_seq'),
    removedFlags(db, seqsOf('removed')),
    decisionsOf(db, seqsOf('decided')),
  ]);
  const changes = new Map<number, FlagChange>([
    ...recorded.map((flag) => [flag.seq, { seq: flag.seq, recorded: flag }] as const),
    ...debunked.flatMap((flag) =>
      flag.debunkedSeq === null ? [] : [[flag.debunkedSeq, { seq: flag.debunkedSeq, debunked: flag }] as const],
    ),
    ...removed.map(({ seq: at, ...flag }) => [at, { seq: at, removed: flag }] as const),
    ...decided.map(({ seq: at, ...decision }) => [at, { seq: at, decided: decision }] as const),
  ]);
  return rows.flatMap(({ seq: at }) => changes.get(at) ?? []);
}

async function removedFlags(db: Queryable, seqs: readonly number[]): Promise<(RemovedFlag & { seq: number })[]> {
  if (seqs.length === 0) return [];
  return db.query(
    `select removed_seq::double precision as seq, flag_id as "flagId", post_id as "postId", removed_at as "removedAt"
       from flags where removed_seq = any($1::bigint[])`,
    [seqs],
  );
}

async function decisionsOf(db: Queryable, seqs: readonly number[]): Promise<(Decided & { seq: number })[]> {
  if (seqs.length === 0) return [];
  return db.query(
    `select change_seq::double precision as seq, d.flag_id as "flagId", d.campaign_id as "campaignId",
            d.decided_at as "decidedAt",
            coalesce(d.details, (select details from decisions u where u.decision_id = d.undoes)) ->> 'into' as into,
            case when d.flag_id is null then ${campaignReviewSql('c')} else ${flagReviewSql('f')} end as review
       from decisions d left join flags f on f.flag_id = d.flag_id left join campaigns c on c.campaign_id = d.campaign_id
      where change_seq = any($1::bigint[])`,
    [seqs],
  );
}

/** @returns the number of the latest change, 0 when there was none */
export async function latestChange(db: Queryable): Promise<number> {
  const [row] = await db.query<{ seq: number }>(
    `select greatest((select max(seq) from flags), (select max(removed_seq) from flags),
                     (select max(debunked_seq) from flags),
                     (select max(change_seq) from decisions), 0)::double precision as seq`,
  );
  return row?.seq ?? 0;
}
