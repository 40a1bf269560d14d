import { claimCodec, type Claim, type ClaimMedia } from '@siaga/contracts';
import type { Database, Queryable } from './database.js';
import { appendEvidence } from './evidence.js';
import { appendOutbox } from './outbox.js';

/** How a claim came: from a fact-checker's feed, by an import, or by a person's decision about a flag. */
export type ClaimOrigin = 'feed' | 'import' | 'decision';
/** `active` as it came, `confirmed` by a person, `disabled`: it matches nothing. */
export const CLAIM_STATES = ['active', 'confirmed', 'disabled'] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

export interface StoredClaim extends Claim {
  readonly origin: ClaimOrigin;
  readonly state: ClaimState;
  readonly editedBy: string | null;
}

interface ClaimRow extends Omit<StoredClaim, 'schemaVersion' | 'publishedAt' | 'language' | 'media'> {
  readonly language: string | null;
  readonly media: ClaimMedia | null;
  readonly publishedAt: Date;
}

const COLUMNS = `claim_id as "claimId", text, verdict, url, publisher, language, published_at as "publishedAt", media, origin,
  state, edited_by as "editedBy"`;

/** A version of a claim that is already there changes it only where something is new and no person has changed its words. */
const RECORD = `with new as (
    select distinct on (url, md5(lower(regexp_replace(text, '\\s+', ' ', 'g')))) *
      from jsonb_to_recordset($1) as given ("claimId" text, text text, verdict text, url text, publisher text, language text,
             "publishedAt" timestamptz, media jsonb)
  ), changed as (
    update claims c set text = n.text, verdict = n.verdict, publisher = n.publisher, language = coalesce(n.language, c.language),
           media = coalesce(n.media, c.media),
           updated_at = now()
      from new n
     where c.claim_id = n."claimId" and c.url = n.url and c.edited_by is null
       and (c.text, c.verdict, c.publisher, c.language, c.media)
           is distinct from (n.text, n.verdict, n.publisher, coalesce(n.language, c.language), coalesce(n.media, c.media))
       and not exists (select from claims other where other.url = n.url and other.claim_id <> n."claimId"
             and other.text_md5 = md5(lower(regexp_replace(n.text, '\\s+', ' ', 'g'))))
    returning c.*
  ), added as (
    insert into claims (claim_id, text, verdict, url, publisher, language, published_at, media, origin)
    select "claimId", text, verdict, url, publisher, language, "publishedAt", media, $2 from new
    on conflict do nothing returning *
  )
  select ${COLUMNS} from (select * from changed union all select * from added) recorded`;

/**
 * Records claims and announces on `siaga.claims` those that are new or changed. A claim that comes again, under whatever id,
 * is one claim.
 *
 * @returns how many were new or changed
 */
export async function recordClaims(tx: Queryable, claims: readonly Claim[], origin: ClaimOrigin): Promise<number> {
  if (claims.length === 0) return 0;
  // The last version of each id: one statement can change a row once.
  const given = [...new Map(claims.map((claim) => [claim.claimId, claim])).values()];
  const recorded = await tx.query<ClaimRow>(RECORD, [JSON.stringify(given), origin]);
  await announce(tx, recorded);
  return recorded.length;
}

export async function findClaim(db: Queryable, claimId: string): Promise<StoredClaim | undefined> {
  const [row] = await db.query<ClaimRow>(`select ${COLUMNS} from claims where claim_id = $1`, [claimId]);
  return row && storedClaim(row);
}

/** How many claims there are, by who checked them and in which state. */
export function countClaims(
  db: Queryable,
): Promise<{ readonly publisher: string; readonly state: ClaimState; readonly claims: number }[]> {
  return db.query(
    'select publisher, state, count(*)::int as claims from claims group by publisher, state order by claims desc, publisher, state',
  );
}

/** What a person may change about a claim. */
export interface ClaimChange {
  readonly state?: ClaimState | undefined;
  readonly text?: string | undefined;
  readonly verdict?: string | undefined;
}

/** @returns the claim as it is now; undefined where there is none */
export function changeClaim(
  db: Database,
  change: ClaimChange & { readonly claimId: string; readonly by: string },
): Promise<StoredClaim | undefined> {
  return db.transaction((tx) => changeClaimIn(tx, change));
}

/** As changeClaim, in the transaction given; it appends to the evidence. */
export async function changeClaimIn(
  tx: Queryable,
  { claimId, by, ...change }: ClaimChange & { readonly claimId: string; readonly by: string },
): Promise<StoredClaim | undefined> {
  const { state = null, text = null, verdict = null } = change;
  const rows = await tx.query<ClaimRow>(
    `update claims set state = coalesce($2, state), text = coalesce($3, text), verdict = coalesce($4, verdict),
            edited_by = case when $3::text is null and $4::text is null then edited_by else $5 end, updated_at = now()
      where claim_id = $1 returning ${COLUMNS}`,
    [claimId, state, text, verdict, by],
  );
  const [row] = rows;
  if (!row) return undefined;
  await announce(tx, rows);
  const body = { by, state: row.state, reworded: text !== null || verdict !== null };
  await appendEvidence(tx, [{ event: 'claim-changed', subject: claimId, body }]);
  return storedClaim(row);
}

/** What is disabled leaves the topic, and so every worker that matches by it. */
async function announce(tx: Queryable, rows: readonly ClaimRow[]): Promise<void> {
  const letters = rows.map(storedClaim).map((claim) => ({
    topic: 'claims' as const,
    key: claim.claimId,
    value: claim.state === 'disabled' ? null : claimCodec.encode(claimOf(claim)),
  }));
  await appendOutbox(tx, letters);
}

function storedClaim({ language, media, publishedAt, ...row }: ClaimRow): StoredClaim {
  return {
    schemaVersion: 1,
    ...row,
    ...(language === null ? {} : { language }),
    ...(media === null ? {} : { media }),
    publishedAt: publishedAt.toISOString(),
  };
}

function claimOf({ origin: _, editedBy: __, state: ___, ...claim }: StoredClaim): Claim {
  return claim;
}
