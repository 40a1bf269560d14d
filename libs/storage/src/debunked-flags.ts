import type { Flag, MatchedClaim } from '@siaga/contracts';
import type { Queryable } from './database.js';

/** A recorded flag that repeats claims which were not known when it was recorded. */
export interface DebunkedFlag {
  readonly flagId: string;
  readonly campaignId: string;
  /** Those it had and the new ones. */
  readonly claims: readonly MatchedClaim[];
}

/**
 * @param flags that may be recorded already, with claims or without
 * @returns those that are recorded without some claim they have now; a post that is gone is not among them. Those that changed
 *   nothing but the probability of a claim are not either.
 */
export async function newlyDebunked(tx: Queryable, flags: readonly Flag[]): Promise<Map<Flag, DebunkedFlag>> {
  const claimed = new Map(flags.filter(({ claims }) => claims?.length).map((flag) => [flag.flagId, flag]));
  if (claimed.size === 0) return new Map();
  const rows = await tx.query<{ flagId: string; campaignId: string; claims: MatchedClaim[] | null }>(
    `select flag_id as "flagId", campaign_id as "campaignId", claims from flags
      where flag_id = any($1) and removed_at is null and audit_share is null`,
    [[...claimed.keys()]],
  );
  const debunked = new Map<Flag, DebunkedFlag>();
  for (const { flagId, campaignId, claims: before } of rows) {
    const flag = claimed.get(flagId) as Flag;
    const known = new Set((before ?? []).map(({ claimId }) => claimId));
    const news = (flag.claims ?? []).filter(({ claimId }) => !known.has(claimId));
    if (news.length > 0) debunked.set(flag, { flagId, campaignId, claims: [...news, ...(before ?? [])] });
  }
  return debunked;
}

/** Notes the claims, and the score that counts them in. The caller holds the flag writers' lock, and announces it. */
export async function markDebunked(tx: Queryable, debunked: ReadonlyMap<Flag, DebunkedFlag>): Promise<void> {
  if (debunked.size === 0) return;
  const rows = [...debunked].map(([{ score, threshold, escalateThreshold, scores }, { flagId, claims }]) => ({
    ...{ flagId, claims, score, threshold, escalateThreshold, scores },
  }));
  await tx.query(
    `update flags f set claims = new.claims, score = new.score, threshold = new.threshold,
            escalate_threshold = new."escalateThreshold", scores = new.scores, debunked_at = now(),
            debunked_seq = nextval(pg_get_serial_sequence('flags', 'seq'))
       from jsonb_to_recordset($1) as new ("flagId" text, claims jsonb, score float8, threshold float8,
            "escalateThreshold" float8, scores jsonb)
      where f.flag_id = new."flagId"`,
    [JSON.stringify(rows)],
  );
}
