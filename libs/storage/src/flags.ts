import type { Flag, MatchedClaim } from '@siaga/contracts';
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

/** A flag as it is recorded. */
export interface NewFlag {
  readonly flag: Flag;
  /** Null of an audited post, which has no campaign and is never reported. */
  readonly campaignId: string | null;
  /** The campaign whose text it is a copy of, where that lives in another one. */
  readonly homeCampaignId?: string | undefined;
  /** Whether the campaign's notice lists its post. */
  readonly reported: boolean;
}

type Value = string | number | boolean | null;

/** Column and its type -> what goes there. */
const COLUMNS: Readonly<Record<string, (row: NewFlag) => Value>> = {
  'flag_id text': ({ flag }) => flag.flagId,
  'campaign_id uuid': ({ campaignId }) => campaignId,
  'home_campaign_id uuid': ({ campaignId, homeCampaignId = campaignId }) =>
    homeCampaignId === campaignId ? null : homeCampaignId,
  'reported boolean': ({ reported }) => reported,
  'post_id text': ({ flag }) => flag.post.id,
  'category text': ({ flag }) => flag.category,
  'platform text': ({ flag }) => flag.post.platform,
  'url text': ({ flag }) => flag.post.url ?? null,
  'author text': ({ flag }) => flag.post.author ?? null,
  'language text': ({ flag }) => flag.post.language ?? null,
  'text text': ({ flag }) => flag.post.text,
  'text_sha256 text': ({ flag }) => flag.textSha256,
  'source text': ({ flag }) => flag.post.source,
  'score float8': ({ flag }) => flag.score,
  'threshold float8': ({ flag }) => flag.threshold,
  'escalate_threshold float8': ({ flag }) => flag.escalateThreshold,
  'scores jsonb': ({ flag }) => JSON.stringify(flag.scores),
  'labels jsonb': ({ flag }) => (flag.labels ? JSON.stringify(flag.labels) : null),
  'model_name text': ({ flag }) => flag.model.name,
  'model_version text': ({ flag }) => flag.model.version,
  'reasons jsonb': ({ flag }) => JSON.stringify(flag.reasons),
  'claims jsonb': ({ flag }) => (flag.claims?.length ? JSON.stringify(flag.claims) : null),
  'created_at timestamptz': ({ flag }) => flag.post.createdAt,
  'seen_at timestamptz': ({ flag }) => flag.post.seenAt,
  'flagged_at timestamptz': ({ flag }) => flag.flaggedAt,
  'edited_at timestamptz': ({ flag }) => flag.post.editedAt ?? null,
  'audit_share float8': ({ flag }) => flag.audit?.share ?? null,
};

const NAMES = Object.keys(COLUMNS).map((column) => column.split(' ')[0] as string);
const ARRAYS = Object.keys(COLUMNS).map((column, i) => `$${i + 1}::${column.split(' ')[1]}[]`);
const INSERT = `insert into flags (${NAMES.join()}, review_state, review_seq)
  select ${NAMES.map((name) => `new.${name}`).join()}, coalesce(c.review_state, 'open'), c.review_seq
    from unnest(${ARRAYS.join()}) with ordinality as new (${NAMES.join()}, position)
    left join campaigns c using (campaign_id) order by position`;

/** Records new flags, in their order, decided as their campaigns are. The caller holds the flag writers' lock. */
export async function insertFlags(tx: Queryable, rows: readonly NewFlag[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    INSERT,
    Object.values(COLUMNS).map((valueOf) => rows.map(valueOf)),
  );
}

export const insertFlag = (tx: Queryable, flag: Flag, to: Omit<NewFlag, 'flag'>): Promise<void> =>
  insertFlags(tx, [{ flag, ...to }]);

/** Wakes the live readers when the transaction commits. */
export async function announceFlags(tx: Queryable): Promise<void> {
  await tx.query('select pg_notify($1, $2)', [FLAGS_CHANNEL, '']);
}

/** Notes on a flag, or on those of a campaign, that their posts repeat a claim; or takes that back where it is not given. */
export async function citeClaim(
  tx: Queryable,
  subject: { readonly flagId: string } | { readonly campaignId: string },
  { claimId, claim }: { readonly claimId: string; readonly claim?: MatchedClaim },
): Promise<void> {
  const [column, value] = 'flagId' in subject ? ['flag_id', subject.flagId] : ['campaign_id', subject.campaignId];
  await tx.query(
    `update flags set claims = (
       select jsonb_agg(cited) from (
         select $3::jsonb as cited where $3 is not null
         union all select cited from jsonb_array_elements(claims) cited where cited ->> 'claimId' <> $2
       ) kept) where ${column} = $1`,
    [value, claimId, claim ? JSON.stringify(claim) : null],
  );
}
