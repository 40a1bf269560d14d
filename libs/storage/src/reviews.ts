import type { ReviewState } from '@siaga/contracts';
import type { Queryable } from './database.js';

export type Subject = { readonly flagId: string } | { readonly campaignId: string };

/** What people have decided about a flag or a campaign, as it is stored. */
export interface RecordedReview {
  readonly state: ReviewState;
  /** Of the decision that governs it: its own, else its campaign's; null while it is open. */
  readonly seq: number | null;
  readonly decisionId: string | null;
  readonly by: string | null;
  /** In the database's notation. */
  readonly at: string | null;
  readonly reason: string | null;
  readonly assignee: string | null;
  readonly comments: number;
  /** Who has given the first of two words; for the feed to know, not to show. */
  readonly heldBy: string | null;
}

const reviewSql = (row: string, key: 'flag_id' | 'campaign_id', assignee: string) => `(
  select json_build_object('state', ${row}.review_state, 'seq', ${row}.review_seq, 'decisionId', governs.decision_id,
           'by', governs.decided_by, 'at', governs.decided_at, 'reason', governs.reason, 'assignee', ${assignee},
           'comments', (select count(*) from decisions said
                         where said.${key} = ${row}.${key} and said.action = 'comment' and said.undone_by is null),
           'heldBy', ${row}.held_by)
    from (select) one left join decisions governs on governs.seq = ${row}.review_seq)`;

/** SQL of a `RecordedReview`. @param row name of a row of `flags` */
export const flagReviewSql = (row: string): string =>
  reviewSql(
    row,
    'flag_id',
    `coalesce(${row}.assignee, (select assignee from campaigns its where its.campaign_id = ${row}.campaign_id))`,
  );

/** SQL of a `RecordedReview`. @param row name of a row of `campaigns` */
export const campaignReviewSql = (row: string): string => reviewSql(row, 'campaign_id', `${row}.assignee`);

/** What a decision needs to know of what it is about. */
export interface DecidedSubject {
  readonly review: RecordedReview;
  /** Of a flag: whether it was picked for the audit. */
  readonly audited: boolean;
  readonly campaignId: string | null;
}

/** @returns undefined when there is no such flag or campaign */
export async function findSubject(db: Queryable, subject: Subject): Promise<DecidedSubject | undefined> {
  const [row] =
    'flagId' in subject
      ? await db.query<DecidedSubject>(
          `select ${flagReviewSql('f')} as review, audit_share is not null as audited, campaign_id as "campaignId"
             from flags f where flag_id = $1`,
          [subject.flagId],
        )
      : await db.query<DecidedSubject>(
          `select ${campaignReviewSql('c')} as review, false as audited, campaign_id as "campaignId"
             from campaigns c where campaign_id = $1`,
          [subject.campaignId],
        );
  return row;
}

/** SQL of a decision that says what something is, and has not been taken back or held for a second word. */
export const GOVERNS = `action in ('confirm', 'dismiss', 'escalate', 'known-hoax') and undone_by is null and standing <> 'held'`;
const STATE = `case when standing = 'contested' then 'disputed' when action = 'dismiss' then 'dismissed'
  when action = 'escalate' then 'escalated' else 'confirmed' end`;
/** Columns that follow from the latest decision of a kind about the subject. */
const ALONGSIDE = (subject: string) => `
  held_by = (select decided_by from decisions
    where ${subject} and standing = 'held' and undone_by is null order by seq desc limit 1),
  assignee = (select details ->> 'assignee' from decisions
    where ${subject} and action = 'assign' and undone_by is null order by seq desc limit 1)`;

/** Brings the subject's stored review up to its decisions. The caller holds the flag writers' lock. */
export async function updateReview(tx: Queryable, subject: Subject): Promise<void> {
  await ('flagId' in subject ? updateFlag(tx, subject.flagId) : updateCampaign(tx, subject.campaignId));
}

async function updateFlag(tx: Queryable, flagId: string): Promise<void> {
  await tx.query(
    `with own as (
       select ${STATE} as state, seq, true as itself from decisions where flag_id = $1 and ${GOVERNS} order by seq desc limit 1
     )
     update flags f set ${ALONGSIDE('flag_id = $1')}, (review_state, review_seq, reviewed_itself) = (
       select * from own union all
       select c.review_state, c.review_seq, false from campaigns c
        where c.campaign_id = f.campaign_id and not exists (select from own) union all
       select 'open', null, false where f.campaign_id is null and not exists (select from own)
     ) where flag_id = $1`,
    [flagId],
  );
}

async function updateCampaign(tx: Queryable, campaignId: string): Promise<void> {
  await tx.query(
    `with latest as (
       select ${STATE} as state, seq from decisions where campaign_id = $1 and ${GOVERNS} order by seq desc limit 1
     )
     update campaigns set ${ALONGSIDE('campaign_id = $1')}, (review_state, review_seq) = (
       select * from latest union all select 'open', null where not exists (select from latest)
     ) where campaign_id = $1`,
    [campaignId],
  );
  await tx.query(
    `update flags f set review_state = c.review_state, review_seq = c.review_seq from campaigns c
      where c.campaign_id = $1 and f.campaign_id = $1 and not f.reviewed_itself
        and (f.review_state, f.review_seq) is distinct from (c.review_state, c.review_seq)`,
    [campaignId],
  );
}
