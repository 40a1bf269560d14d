import type { Category } from '@siaga/contracts';
import type { Queryable } from './database.js';
import { anyOf, listRows, type ListDefinition, type ListPage, type Page } from './list-query.js';

/** A decision as people read it in a list. */
export interface ListedDecision {
  readonly decisionId: string;
  readonly seq: number;
  readonly flagId: string | null;
  readonly campaignId: string | null;
  readonly action: string;
  /** Of an audited post. */
  readonly categories: Category[] | null;
  readonly reason: string | null;
  readonly decidedBy: string;
  readonly decidedAt: Date;
  /** The decision that took it back. */
  readonly undoneBy: string | null;
}

export interface DecisionFilters {
  readonly action?: readonly string[] | undefined;
  readonly by?: readonly string[] | undefined;
  readonly flag?: readonly string[] | undefined;
  readonly campaign?: readonly string[] | undefined;
  /** Of the decision; the end is not part of it. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

export const decisionList: ListDefinition<DecisionFilters> = {
  // The first of two words about something is nobody's to read before the second is given.
  from: `(select * from decisions where standing <> 'held') decisions`,
  key: { column: 'seq', type: 'bigint' },
  sorts: { decidedAt: null },
  conditions: {
    action: anyOf('action'),
    by: anyOf('decided_by'),
    flag: anyOf('flag_id'),
    campaign: anyOf('campaign_id', 'uuid'),
    from: (from, bind) => `decided_at >= ${bind(from)}::timestamptz`,
    to: (to, bind) => `decided_at < ${bind(to)}::timestamptz`,
  },
};

export function listDecisions(db: Queryable, filters: DecisionFilters, page: Page): Promise<ListPage<ListedDecision>> {
  return listRows(db, decisionList, {
    ...{ filters, page },
    statement: (sql) => `
      select decision_id as "decisionId", seq::double precision as seq, flag_id as "flagId", campaign_id as "campaignId", action,
             categories, reason, decided_by as "decidedBy", decided_at as "decidedAt", undone_by as "undoneBy", ${sql.place}
        from ${decisionList.from} ${sql.page}`,
  });
}
