import { createHash } from 'node:crypto';
import type { Database, Queryable } from './database.js';
import { appendEvidence } from './evidence.js';
import { announceFlags, lockFlagWriting } from './flags.js';
import { RETENTION, type RetentionClass } from './retention-rules.js';

const age = (days: string) => `make_interval(secs => ${days}::double precision * 86400)`;

/** How many would go now. */
export async function countExpired(db: Queryable, name: RetentionClass, days: number): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*)::double precision as count from (${RETENTION[name].expired(age('$1'))}) expired`,
    [days],
  );
  return row?.count ?? 0;
}

/**
 * Removes a batch of what is older than it may be, in a transaction of its own: counted and hashed in the evidence, which holds
 * nothing else of it. What another worker works on is left to it.
 *
 * @param limit rows of the batch; each holds locks for as long as all of them take
 * @returns how many went; less than the limit when there is nothing left
 */
export function removeExpired(
  db: Database,
  name: RetentionClass,
  { days, limit }: { readonly days: number; readonly limit: number },
): Promise<number> {
  const { expired, lock, remove, tellsReaders } = RETENTION[name];
  return db.transaction(async (tx) => {
    // The numbers of removals must be given in the order of commits.
    if (tellsReaders) await lockFlagWriting(tx);
    const rows = await tx.query<{ id: string }>(
      `${expired(age('$1'))} limit $2::bigint for update of ${lock} skip locked`,
      [days, limit],
    );
    if (rows.length === 0) return 0;
    const ids = rows.map(({ id }) => id);
    for (const statement of remove) await tx.query(statement, [ids]);
    await tx.query('update retention_classes set removed = removed + $2 where class = $1', [name, ids.length]);
    if (tellsReaders) await announceFlags(tx);
    const idsSha256 = createHash('sha256').update(JSON.stringify(ids.sort())).digest('hex');
    const body = { days, count: ids.length, idsSha256 };
    await appendEvidence(tx, [{ event: 'retention-applied', subject: `retention:${name}`, body }]);
    return ids.length;
  });
}

/** @returns false when another worker sees to it, or somebody has within `restMs` */
export async function leaseClass(
  db: Queryable,
  name: RetentionClass,
  { leaseMs, restMs }: { readonly leaseMs: number; readonly restMs: number },
): Promise<boolean> {
  await db.query('insert into retention_classes (class) values ($1) on conflict do nothing', [name]);
  const rows = await db.query(
    `update retention_classes set leased_until = now() + $2 * interval '1 millisecond'
      where class = $1 and (leased_until is null or leased_until < now())
        and (finished_at is null or finished_at <= now() - $3 * interval '1 millisecond') returning 1`,
    [name, leaseMs, restMs],
  );
  return rows.length > 0;
}

export async function keepLease(db: Queryable, name: RetentionClass, leaseMs: number): Promise<void> {
  await db.query(`update retention_classes set leased_until = now() + $2 * interval '1 millisecond' where class = $1`, [
    name,
    leaseMs,
  ]);
}

/** @param finished whether nothing was left */
export async function endLease(db: Queryable, name: RetentionClass, finished: boolean): Promise<void> {
  await db.query(
    `update retention_classes set leased_until = null, finished_at = case when $2 then now() else finished_at end
      where class = $1`,
    [name, finished],
  );
}

export interface RetentionStatus {
  readonly class: string;
  readonly finishedAt: Date | null;
  readonly removed: number;
}

export function retentionStatus(db: Queryable): Promise<RetentionStatus[]> {
  return db.query<RetentionStatus>(
    `select class, finished_at as "finishedAt", removed::double precision as removed from retention_classes order by class`,
  );
}

/** Lets nothing of a campaign go. @returns false when there is no such campaign, or it is held already */
export function holdCampaign(
  db: Database,
  { campaignId, by, reason }: { readonly campaignId: string; readonly by: string; readonly reason: string },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const held = await tx.query(
      `update campaigns set hold_at = now(), hold_by = $2, hold_reason = $3
        where campaign_id = $1 and hold_at is null returning 1`,
      [campaignId, by, reason],
    );
    if (held.length === 0) return false;
    await appendEvidence(tx, [{ event: 'campaign-held', subject: `campaign:${campaignId}`, body: { by } }]);
    return true;
  });
}

/** @returns false when it was not held */
export function releaseCampaign(
  db: Database,
  { campaignId, by }: { readonly campaignId: string; readonly by: string },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const released = await tx.query(
      `update campaigns set hold_at = null, hold_by = null, hold_reason = null
        where campaign_id = $1 and hold_at is not null returning 1`,
      [campaignId],
    );
    if (released.length === 0) return false;
    await appendEvidence(tx, [{ event: 'campaign-released', subject: `campaign:${campaignId}`, body: { by } }]);
    return true;
  });
}
