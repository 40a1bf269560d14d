import type { Queryable } from './database.js';
import { changesOf, latestChange, type ChangeRow, type FlagChange } from './flag-changes.js';
import { flagList, type FlagFilters } from './flag-list.js';
import { bindings, whereOf } from './list-query.js';

export interface QueryChanges {
  /** Oldest first. */
  readonly changes: readonly FlagChange[];
  /** How far that is: what happened up to here is told or is none of the query's. */
  readonly upTo: number;
}

/**
 * What has happened to the flags of a query: those recorded since, as long as they have their text, and those that have lost
 * it. Of a flag without a text nobody can tell any more whether its words fitted; so removals go by what is left of it, and
 * tell of more flags than were told of before, never of fewer.
 *
 * @param until not beyond this number
 */
export async function changesFor(
  db: Queryable,
  filters: FlagFilters,
  { after, until, limit }: { readonly after: number; readonly until?: number | undefined; readonly limit: number },
): Promise<QueryChanges> {
  // Before the rows are read: numbers are given in the order of commits, so that no row up to here is still to come.
  const end = Math.min(until ?? Infinity, await latestChange(db));
  const { values, bind } = bindings();
  const [from, to, most] = [bind(after), bind(end), bind(limit)];
  const recorded = whereOf(flagList, { ...filters, withText: true }, bind);
  const { audit, category, minScore, maxScore, platform, language, campaign } = filters;
  const lasting = { audit, category, minScore, maxScore, platform, language, campaign };
  const removed = ['true', ...whereOf(flagList, lasting, bind)];
  const rows = await db.query<ChangeRow>(
    `select * from (
       (select seq::double precision as seq, 'recorded' as kind from flags
         where seq > ${from}::bigint and seq <= ${to}::bigint and ${recorded.join(' and ')} order by flags.seq limit ${most})
       union all
       (select removed_seq::double precision, 'removed' from flags
         where removed_seq > ${from}::bigint and removed_seq <= ${to}::bigint and ${removed.join(' and ')}
         order by removed_seq limit ${most})
     ) changes order by seq limit ${most}`,
    values,
  );
  const changes = await changesOf(db, rows);
  return {
    // A text that was removed between the two statements: its removal has a number beyond the end, and is told later.
    changes: changes.filter((change) => !('recorded' in change) || change.recorded.removedAt === null),
    upTo: rows.length < limit ? Math.max(after, end) : (rows.at(-1)?.seq ?? end),
  };
}
