import type { Queryable } from './database.js';
import type { EvidenceEvent } from './evidence.js';
import { listedBySql } from './notices.js';

/**
 * Takes back what a decision to escalate put on notices, if none of it has left: its posts come off, and a notice or a
 * revision that was for them alone is gone, as though it had never been. The caller holds the flag writers' lock.
 *
 * @returns what was done, for the log; undefined, and nothing done, when some of it is on its way or has arrived
 */
export async function withdrawEscalation(tx: Queryable, decisionId: string): Promise<EvidenceEvent[] | undefined> {
  // A dispatcher that is about to freeze one of them has its row locked, and then has frozen it.
  const notices = await tx.query<{ noticeId: string; campaignId: string; platform: string }>(
    `select n.notice_id as "noticeId", n.campaign_id as "campaignId", n.platform from notices n
      where exists (select from flags f where f.reported_by = $1 and ${listedBySql('f', 'n')}) for update`,
    [decisionId],
  );
  const noticeIds = notices.map(({ noticeId }) => noticeId);
  const [left] = await tx.query<{ left: boolean }>(
    `select exists (
       select from unnest($2::uuid[]) as n (notice_id)
        where not exists (select from deliveries d join decisions e on e.decision_id = $1
               where d.notice_id = n.notice_id and d.kind = 'notice' and d.payload is null and d.created_at <= e.acted_at)
     ) as left`,
    [decisionId, noticeIds],
  );
  if (left?.left) return undefined;
  await tx.query('update flags set reported = false, reported_by = null, reported_in = null where reported_by = $1', [
    decisionId,
  ]);
  const dropped = await tx.query<{ noticeId: string; deliveryId: string; revision: number }>(
    `delete from deliveries d using notices n
      where n.notice_id = any($1) and d.notice_id = n.notice_id and d.kind = 'notice' and d.payload is null
        and not exists (
          select from flags f where ${listedBySql('f', 'n')} and f.review_state <> 'dismissed' and not exists (
            select from deliveries sent where sent.notice_id = n.notice_id and sent.payload::jsonb -> 'urls' ? f.url))
     returning d.notice_id as "noticeId", d.delivery_id as "deliveryId", d.revision`,
    [noticeIds],
  );
  const gone = await tx.query<{ notice_id: string }>(
    `delete from notices n where notice_id = any($1)
        and not exists (select from deliveries d where d.notice_id = n.notice_id) returning notice_id`,
    [noticeIds],
  );
  const isGone = new Set(gone.map((row) => row.notice_id));
  return dropped.map(({ noticeId, deliveryId, revision }) => ({
    event: 'notice-withdrawn',
    subject: noticeId,
    body: { deliveryId, revision, decisionId, whole: isGone.has(noticeId) },
  }));
}

/** Later copies follow the word of who stood behind a notice only for as long as an escalation of theirs counts. */
export async function forgetReviewer(tx: Queryable, decisionId: string): Promise<void> {
  await tx.query(
    `update notices n set reviewed_by = null from decisions e
      where e.decision_id = $1 and n.reviewed_by = e.decided_by
        and n.campaign_id = coalesce(e.campaign_id, (select campaign_id from flags where flag_id = e.flag_id))
        and not exists (
          select from decisions d left join flags f using (flag_id)
           where d.task = 'escalate' and d.undone_by is null and d.decision_id <> $1 and d.decided_by = n.reviewed_by
             and coalesce(d.campaign_id, f.campaign_id) = n.campaign_id)`,
    [decisionId],
  );
}
