import type { Flag } from '@siaga/contracts';
import type { Queryable } from './database.js';

/** Channel on which live readers are told that flags were recorded. */
export const FLAGS_CHANNEL = 'siaga_flags';

/** Any constant will do, as long as all writers of flags share it. */
const FLAG_WRITERS_LOCK = 7_402_461;

/**
 * Lets one writer of flags through at a time, until the transaction ends. So the order of `flags.seq` is the order
 * of commits, which is what lets a live reader resume after a sequence number without ever missing one, and two
 * workers never open two campaigns for the same text.
 */
export async function lockFlagWriting(tx: Queryable): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [FLAG_WRITERS_LOCK]);
}

/** @returns which of the flags are recorded already, so that a redelivery does nothing */
export async function recordedFlagIds(tx: Queryable, flagIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ flag_id: string }>('select flag_id from flags where flag_id = any($1)', [flagIds]);
  return new Set(rows.map((row) => row.flag_id));
}

/**
 * Records a new flag in its campaign; `reported`: the campaign's notice lists its post. An audited post has no campaign
 * and is never reported. The caller holds the flag writers' lock.
 */
export async function insertFlag(
  tx: Queryable,
  flag: Flag,
  { campaignId, reported }: { campaignId: string | null; reported: boolean },
): Promise<void> {
  const { post } = flag;
  await tx.query(
    `insert into flags (flag_id, campaign_id, reported, post_id, category, platform, url, author, language, text, text_sha256,
       source, score, threshold, escalate_threshold, scores, labels, model_name, model_version, reasons,
       created_at, seen_at, flagged_at, audit_share)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24)`,
    [
      flag.flagId,
      campaignId,
      reported,
      post.id,
      flag.category,
      post.platform,
      post.url ?? null,
      post.author ?? null,
      post.language ?? null,
      post.text,
      flag.textSha256,
      post.source,
      flag.score,
      flag.threshold,
      flag.escalateThreshold,
      JSON.stringify(flag.scores),
      flag.labels ? JSON.stringify(flag.labels) : null,
      flag.model.name,
      flag.model.version,
      JSON.stringify(flag.reasons),
      post.createdAt,
      post.seenAt,
      flag.flaggedAt,
      flag.audit?.share ?? null,
    ],
  );
}

/** Wakes the live readers when the transaction commits. */
export async function announceFlags(tx: Queryable): Promise<void> {
  await tx.query('select pg_notify($1, $2)', [FLAGS_CHANNEL, '']);
}
