import type { Queryable } from './database.js';
import { CHAIN_START, followChain, hashOf, type ChainLink, type SealedRow } from './evidence-chain.js';

/** What the log tells of. A new kind needs no migration: kinds are never read back by the fleet. */
export type EvidenceKind =
  | 'flag-recorded'
  | 'flag-debunked'
  | 'decision-made'
  | 'notice-opened'
  | 'notice-revised'
  | 'notice-withdrawn'
  | 'delivery-made'
  | 'delivery-uncertain'
  | 'delivery-failed'
  | 'delivery-unsure'
  | 'delivery-by-hand'
  | 'delivery-decided'
  | 'delivery-redirected'
  | 'answer-received'
  | 'reminder-scheduled'
  | 'deadline-passed'
  | 'information-given'
  | 'text-removed'
  | 'post-gone'
  | 'post-deleted'
  | 'post-edited'
  | 'post-back'
  | 'sending-stopped'
  | 'sending-resumed'
  | 'automatic-sending-stopped'
  | 'automatic-sending-resumed'
  | 'claim-changed'
  | 'rumour-decided'
  | 'channel-closed'
  | 'channel-opened'
  | 'account-added'
  | 'role-changed'
  | 'account-disabled'
  | 'account-enabled'
  | 'sign-in-link-made'
  | 'signed-in'
  | 'signed-out'
  | 'token-created'
  | 'token-revoked'
  | 'feed-address-made'
  | 'feed-address-revoked'
  | 'subscription-added'
  | 'subscription-ended'
  | 'retention-applied'
  | 'campaign-held'
  | 'campaign-released'
  | 'erasure-requested'
  | 'erasure-done';

export interface EvidenceEvent {
  readonly event: EvidenceKind;
  readonly subject: string;
  /** Ids, numbers and hashes, never the text of a post or of an answer. */
  readonly body: object;
}

/** Any constant will do, as long as all who append share it. */
const EVIDENCE_LOCK = 7_402_462;
const ROWS_A_PAGE = 5_000;

const COLUMNS = `seq::double precision as seq, recorded_at as "recordedAt", event, subject, body, hash`;

/**
 * Appends to the log in the transaction given. Call it last: from here until the transaction ends nobody else appends,
 * and whoever holds this lock waits for no other.
 */
export async function appendEvidence(tx: Queryable, events: readonly EvidenceEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query('select pg_advisory_xact_lock($1)', [EVIDENCE_LOCK]);
  // A statement of its own: its snapshot must be younger than the wait for the lock.
  let { seq, hash } = (await evidenceHead(tx)) ?? CHAIN_START;
  const recordedAt = new Date();
  const rows = events.map(({ event, subject, body }) => {
    const row = { seq: ++seq, recordedAt, event, subject, body: JSON.stringify(body) };
    hash = hashOf(hash, row);
    return { ...row, hash };
  });
  const column = <K extends keyof SealedRow>(name: K) => rows.map((row) => row[name]);
  await tx.query(
    `insert into evidence (seq, recorded_at, event, subject, body, hash)
     select seq, $6, event, subject, body, hash
       from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) as new (seq, event, subject, body, hash)`,
    [column('seq'), column('event'), column('subject'), column('body'), column('hash'), recordedAt],
  );
}

/** @returns the latest row's number and hash, undefined while the log is empty */
export async function evidenceHead(db: Queryable): Promise<ChainLink | undefined> {
  const [head] = await db.query<ChainLink>(
    'select seq::double precision as seq, hash from evidence order by seq desc limit 1',
  );
  return head;
}

export type EvidenceVerdict =
  | { readonly whole: true; readonly head: ChainLink }
  | { readonly whole: false; readonly row: number; readonly why: string };

/**
 * Recomputes the whole chain, a page at a time.
 *
 * @param witness a number and a hash that somebody has kept elsewhere: the chain alone cannot tell that its end was cut
 *   off, or that all of it was written anew
 */
export async function verifyEvidence(db: Queryable, witness?: ChainLink): Promise<EvidenceVerdict> {
  let head = CHAIN_START;
  for (;;) {
    const page = await db.query<SealedRow>(
      `select ${COLUMNS} from evidence where seq > $1::bigint order by seq limit $2`,
      [head.seq, ROWS_A_PAGE],
    );
    const followed = followChain(head, page);
    if ('broken' in followed) return { whole: false, row: followed.broken, why: followed.why };
    const seen = page.find(({ seq }) => seq === witness?.seq);
    if (witness && seen && seen.hash !== witness.hash) {
      return { whole: false, row: witness.seq, why: 'it is not the row whose hash was kept elsewhere' };
    }
    head = followed.head;
    if (page.length < ROWS_A_PAGE) break;
  }
  if (witness && head.seq < witness.seq) {
    return { whole: false, row: head.seq + 1, why: `the log ends before row ${witness.seq}, which was kept elsewhere` };
  }
  return { whole: true, head };
}

/** What the log tells of a flag, a notice, a delivery or a post, in order. */
export function evidenceOf(db: Queryable, subject: string): Promise<SealedRow[]> {
  return db.query<SealedRow>(`select ${COLUMNS} from evidence where subject = $1 order by seq`, [subject]);
}
