import { createHash } from 'node:crypto';

/** A row of the log as it is hashed. */
export interface EvidenceRow {
  readonly seq: number;
  readonly recordedAt: Date;
  readonly event: string;
  readonly subject: string;
  /** JSON as it is stored. */
  readonly body: string;
}

export interface SealedRow extends EvidenceRow {
  readonly hash: string;
}

/** What stands before the first row. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 of the hash before the row and of every field of it, as one JSON array: no two rows read alike. */
export function hashOf(previous: string, { seq, recordedAt, event, subject, body }: EvidenceRow): string {
  const line = JSON.stringify([previous, seq, recordedAt.toISOString(), event, subject, body]);
  return createHash('sha256').update(line).digest('hex');
}

/** How far a chain has been followed. */
export interface ChainLink {
  readonly seq: number;
  readonly hash: string;
}

export const CHAIN_START: ChainLink = { seq: 0, hash: GENESIS };

/**
 * Follows the chain over rows in their order.
 *
 * @returns where it stands after them, or what is wrong with the first row that does not fit
 */
export function followChain(
  from: ChainLink,
  rows: readonly SealedRow[],
): { readonly head: ChainLink } | { readonly broken: number; readonly why: string } {
  let head = from;
  for (const row of rows) {
    if (row.seq !== head.seq + 1) {
      return { broken: head.seq + 1, why: `the row is missing: row ${row.seq} follows row ${head.seq}` };
    }
    if (hashOf(head.hash, row) !== row.hash) {
      return { broken: row.seq, why: 'its hash does not fit what it says and the row before it' };
    }
    head = { seq: row.seq, hash: row.hash };
  }
  return { head };
}
