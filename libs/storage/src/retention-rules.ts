/** Longer than any subscriber's message may wait: until then the row tells readers that its text is gone. */
export const REMOVAL_TOLD_DAYS = 7;
/** For how long after its deadline a notice that nobody has answered still counts as open. */
const UNANSWERED = `interval '180 days'`;

/** A notice that is answered for good, or whose deadline is long past, and with nothing of it under way. */
const OVER = `(coalesce(n.answer_state in ('actioned', 'rejected'), false) or n.due_at < now() - ${UNANSWERED})
  and n.due_at < now()
  and not exists (select from deliveries u where u.notice_id = n.notice_id and u.state not in ('delivered', 'failed'))`;
const HELD = (campaignId: string) =>
  `exists (select from campaigns h where h.campaign_id = ${campaignId} and h.hold_at is not null)`;

/** Whether a notice that is not over, or a legal hold, needs the flag `f`: also of the campaign that it was reported in before it moved. */
export const NEEDED = `(${HELD('f.campaign_id')} or ${HELD('f.reported_in')}
  or exists (select from notices n where n.campaign_id in (f.campaign_id, f.reported_in) and not (${OVER})))`;

/** Deleting a flag's row with what hangs on it. */
export const DELETE_FLAGS = [
  'delete from decisions where flag_id = any($1)',
  'delete from erasure_flags where flag_id = any($1)',
  'delete from flags where flag_id = any($1)',
];

interface Rule {
  /** What goes, for people. */
  readonly what: string;
  /** How many days it stays unless the settings say otherwise. */
  readonly days: number;
  /** SQL of the `id`s of what is older than the interval given. */
  readonly expired: (age: string) => string;
  /** The table of it whose rows are locked. */
  readonly lock: string;
  /** Statements that remove what has the ids in $1. */
  readonly remove: readonly string[];
  /** Whether readers of flags must hear of it. */
  readonly tellsReaders?: true;
}

const BLANK = `update flags set text = '', reasons = '[]', author = null, removed_at = now(),
  removed_seq = nextval(pg_get_serial_sequence('flags', 'seq')) where flag_id = any($1)`;
const withText = (audited: boolean) => (age: string) =>
  `select flag_id as id from flags f where removed_at is null and audit_share is ${audited ? 'not null' : 'null'}
      and recorded_at < now() - ${age} and not ${NEEDED}`;
const noticesOver = (age: string) => `n.due_at < now() - ${age} and ${OVER} and not ${HELD('n.campaign_id')}`;

const rule = (given: Rule): Rule => given;

/** What is kept for how long. A class never takes what a legal hold or a notice that is not over needs. */
export const RETENTION = {
  posts: rule({
    what: 'texts of flagged posts, the words that weighed, and their authors’ pseudonyms',
    ...{ days: 90, expired: withText(false), lock: 'f', remove: [BLANK], tellsReaders: true },
  }),
  audit: rule({
    what: 'the same of posts picked for the audit',
    ...{ days: 90, expired: withText(true), lock: 'f', remove: [BLANK], tellsReaders: true },
  }),
  flags: rule({
    what: 'flags themselves: addresses, scores, matched claims, and the decisions about them',
    ...{ days: 730, lock: 'f', remove: DELETE_FLAGS },
    expired: (age) =>
      `select flag_id as id from flags f where recorded_at < now() - ${age} and not ${NEEDED}
          and removed_at < now() - interval '${REMOVAL_TOLD_DAYS} days'`,
  }),
  campaigns: rule({
    what: 'campaigns of which no flag and no notice is left',
    days: 730,
    lock: 'c',
    expired: (age) =>
      `select campaign_id::text as id from campaigns c where created_at < now() - ${age} and hold_at is null
          and not exists (select from flags f where f.campaign_id = c.campaign_id)
          and not exists (select from notices n where n.campaign_id = c.campaign_id)`,
    remove: [
      'delete from decisions where campaign_id = any($1::uuid[])',
      'delete from campaigns where campaign_id = any($1::uuid[])',
    ],
  }),
  payloads: rule({
    what: 'what was sent to platforms, word for word',
    days: 180,
    lock: 'd',
    expired: (age) =>
      `select d.delivery_id::text as id from deliveries d join notices n using (notice_id)
        where (d.payload is not null or d.last_error is not null) and ${noticesOver(age)}`,
    remove: [`update deliveries set payload = null, last_error = null where delivery_id = any($1::uuid[])`],
  }),
  answers: rule({
    what: 'what platforms wrote in their answers',
    days: 365,
    lock: 'w',
    expired: (age) =>
      `select w.answer_id as id from answers w join notices n using (notice_id)
        where (w.reason is not null or w.reference is not null) and w.received_at < now() - ${age} and ${noticesOver(age)}`,
    remove: ['update answers set reason = null, reference = null where answer_id = any($1)'],
  }),
  notices: rule({
    what: 'notices, with deliveries, answers and what became of the posts',
    days: 1095,
    lock: 'n',
    expired: (age) => `select n.notice_id::text as id from notices n where ${noticesOver(age)}`,
    remove: ['answer_links', 'answers', 'deliveries', 'notices'].map(
      (table) => `delete from ${table} where notice_id = any($1::uuid[])`,
    ),
  }),
  decisions: rule({
    what: 'the reasons that people wrote to their decisions',
    days: 365,
    lock: 'd',
    expired: (age) =>
      `select d.decision_id as id from decisions d left join flags f using (flag_id)
        where d.reason is not null and d.decided_at < now() - ${age}
          and not ${HELD('coalesce(d.campaign_id, f.campaign_id)')}`,
    remove: ['update decisions set reason = null where decision_id = any($1)'],
  }),
  rumours: rule({
    what: 'rumours that nobody has posted since, with their examples',
    ...{ days: 14, lock: 'r', remove: ['delete from rumours where rumour_id = any($1::uuid[])'] },
    expired: (age) => `select rumour_id::text as id from rumours r where last_seen_at < now() - ${age}`,
  }),
  sessions: rule({
    what: 'sessions that have ended, with what browsers call themselves',
    ...{ days: 30, lock: 's', remove: ['delete from sessions where session_id = any($1::uuid[])'] },
    expired: (age) => `select session_id::text as id from sessions s where expires_at < now() - ${age}`,
  }),
  tokens: rule({
    what: 'tokens that have expired or were revoked',
    ...{ days: 365, lock: 't', remove: ['delete from api_tokens where token_id = any($1::uuid[])'] },
    expired: (age) =>
      `select token_id::text as id from api_tokens t where least(expires_at, coalesce(revoked_at, expires_at)) < now() - ${age}`,
  }),
  sources: rule({
    what: 'where sources stood that nobody reads any more',
    ...{ days: 365, lock: 's', remove: ['delete from sources where source = any($1)'] },
    expired: (age) =>
      `select source as id from sources s where updated_at < now() - ${age} and not paused
          and (lease_until is null or lease_until < now() - ${age})`,
  }),
  subscriptions: rule({
    what: 'subscriptions that have ended, with their address or mailbox',
    days: 365,
    lock: 's',
    expired: (age) =>
      `select subscription_id::text as id from subscriptions s
        where state = 'ended' and coalesce(sent_at, created_at) < now() - ${age}`,
    remove: ['delete from subscriptions where subscription_id = any($1::uuid[])'],
  }),
} as const;

export type RetentionClass = keyof typeof RETENTION;

/** In an order in which what hangs on something goes before it. */
export const RETENTION_CLASSES = Object.keys(RETENTION) as RetentionClass[];
