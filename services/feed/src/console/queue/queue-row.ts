import type { FlagItem } from '../../flag-item.js';
import type { Review } from '../../review.js';

/** A line of the queue: a campaign, or an audited post, which belongs to none. */
export interface QueueRow {
  /** The campaign's id, or the flag's. */
  readonly key: string;
  readonly campaignId: string | null;
  /** The copy that is shown: the strongest of those whose text is still there. */
  readonly face: FlagItem;
  /** Flags in the campaign. */
  readonly size: number;
  /** Of the latest copy. */
  readonly lastSeq: number;
  readonly lastSeenAt: string;
  readonly review: Review;
}

export const keyOf = ({ campaignId, flagId }: FlagItem): string => campaignId ?? flagId;

/** @returns one row per campaign, the latest copy's first */
export function rowsOf(items: readonly FlagItem[]): readonly QueueRow[] {
  const rows = new Map<string, QueueRow>();
  for (const item of items) {
    const key = keyOf(item);
    const known = rows.get(key);
    rows.set(key, known ? withCopy(known, item) : rowOf(key, item));
  }
  return newestFirst([...rows.values()]);
}

export const newestFirst = (rows: QueueRow[]): readonly QueueRow[] => rows.sort((a, b) => b.lastSeq - a.lastSeq);

function rowOf(key: string, face: FlagItem): QueueRow {
  const { campaignId, campaignSize, seq, recordedAt, review } = face;
  return { key, campaignId, face, size: campaignSize, lastSeq: seq, lastSeenAt: recordedAt, review };
}

/** Of a copy that is there already, the later word. */
export function withCopy(row: QueueRow, copy: FlagItem): QueueRow {
  const isLater = copy.seq >= row.lastSeq;
  return {
    ...row,
    face: copy.flagId === row.face.flagId || isStronger(copy, row.face) ? copy : row.face,
    size: Math.max(row.size, copy.campaignSize),
    lastSeq: isLater ? copy.seq : row.lastSeq,
    lastSeenAt: isLater ? copy.recordedAt : row.lastSeenAt,
    review: (copy.review.seq ?? 0) > (row.review.seq ?? 0) ? copy.review : row.review,
  };
}

const isStronger = (a: FlagItem, b: FlagItem): boolean =>
  a.post.removedAt === null && (b.post.removedAt !== null || a.score > b.score);
