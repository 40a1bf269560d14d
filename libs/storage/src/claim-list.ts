import type { ClaimOrigin, ClaimState } from './claims.js';
import type { Queryable } from './database.js';
import { anyOf, listRows, type ListDefinition, type ListPage, type Page } from './list-query.js';

/** A claim of the bank as people read it. */
export interface ListedClaim {
  readonly claimId: string;
  readonly text: string;
  readonly verdict: string;
  readonly url: string;
  readonly publisher: string;
  readonly language: string | null;
  readonly publishedAt: Date;
  readonly origin: ClaimOrigin;
  readonly state: ClaimState;
  readonly editedBy: string | null;
}

export interface ClaimFilters {
  readonly claimState?: readonly ClaimState[] | undefined;
  readonly publisher?: readonly string[] | undefined;
  readonly language?: readonly string[] | undefined;
  /** Of the publication; the end is not part of it. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** As of flags. */
  readonly q?: string | undefined;
}

export const claimList: ListDefinition<ClaimFilters> = {
  from: 'claims',
  key: { column: 'claim_id', type: 'text' },
  sorts: {
    publishedAt: { column: 'published_at', type: 'time' },
  },
  conditions: {
    claimState: anyOf('state'),
    publisher: anyOf('publisher'),
    language: anyOf('language'),
    from: (from, bind) => `published_at >= ${bind(from)}::timestamptz`,
    to: (to, bind) => `published_at < ${bind(to)}::timestamptz`,
    q: (text, bind) => `to_tsvector('indonesian', text) @@ websearch_to_tsquery('indonesian', ${bind(text)})`,
  },
};

/** @returns a page of claims in the order asked for */
export function listClaims(db: Queryable, filters: ClaimFilters, page: Page): Promise<ListPage<ListedClaim>> {
  return listRows(db, claimList, {
    ...{ filters, page },
    statement: (sql) => `
      select claim_id as "claimId", text, verdict, url, publisher, language, published_at as "publishedAt", origin, state,
             edited_by as "editedBy", ${sql.place}
        from claims ${sql.page}`,
  });
}
