import type { Queryable } from './database.js';
import { flagsOfSeqs, type RecordedFlag } from './flag-list.js';

/** What happens to flags, in one order: a flag is recorded, or it loses its text because its post was taken down. */
export type FlagChange =
  { readonly seq: number; readonly recorded: RecordedFlag } | { readonly seq: number; readonly removed: RemovedFlag };

export interface RemovedFlag {
  readonly flagId: string;
  readonly postId: string;
  readonly removedAt: Date;
}

interface ChangeRow extends RemovedFlag {
  readonly seq: number;
  readonly isRemoval: boolean;
}

const COLUMNS = 'flag_id as "flagId", post_id as "postId", removed_at as "removedAt"';

/**
 * What a live reader has missed, oldest first. One statement decides what comes, since two would see two states of the
 * table: then a flag could commit between them with a number that the reader has passed already.
 *
 * @returns at most `limit` changes numbered after `seq`; a flag as it is now, so without its text if that is gone
 */
export async function changesAfter(db: Queryable, seq: number, limit: number): Promise<FlagChange[]> {
  const rows = await db.query<ChangeRow>(
    `select * from (
       (select seq::double precision as seq, false as "isRemoval", ${COLUMNS} from flags
         where seq > $1::bigint order by flags.seq limit $2)
       union all
       (select removed_seq::double precision, true, ${COLUMNS} from flags
         where removed_seq > $1::bigint order by removed_seq limit $2)
     ) changes order by seq limit $2`,
    [seq, limit],
  );
  const recorded = rows.filter(({ isRemoval }) => !isRemoval).map((row) => row.seq);
  const flags = new Map((await flagsOfSeqs(db, recorded)).map((flag) => [flag.seq, flag]));
  return rows.flatMap(({ isRemoval, seq: at, ...removed }): FlagChange[] => {
    if (isRemoval) return [{ seq: at, removed }];
    const flag = flags.get(at);
    return flag ? [{ seq: at, recorded: flag }] : [];
  });
}

/** @returns the number of the latest change, 0 when there was none */
export async function latestChange(db: Queryable): Promise<number> {
  const [row] = await db.query<{ seq: number }>(
    `select greatest((select max(seq) from flags), (select max(removed_seq) from flags), 0)::double precision as seq`,
  );
  return row?.seq ?? 0;
}
