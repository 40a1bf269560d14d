import type { Category } from '@siaga/contracts';
import { openNotice, scheduleRevision, type EvidenceEvent, type NoticeRow, type Queryable } from '@siaga/storage';
import { uuidv7 } from 'uuidv7';
import type { Destination } from './decide.js';
import { dueAt, revisionMs, type Policy } from './policy.js';

export interface Report {
  readonly campaignId: string;
  readonly platform: string;
  readonly category: Category;
  /** From when the deadline counts. */
  readonly seenAt: Date;
  /** The person who decided; not given where policy did. */
  readonly reviewedBy?: string;
}

/**
 * Opens the campaign's notice to the platform, or begins a revision of it, for posts that are marked as reported in the
 * same transaction. The caller holds the flag writers' lock.
 *
 * @returns what was done, for the log; nothing when the posts join a revision that waits
 */
export async function report(
  tx: Queryable,
  { campaignId, platform, category, seenAt, reviewedBy }: Report,
  { policy, destination }: { policy: Policy; destination: Destination },
): Promise<EvidenceEvent[]> {
  const { urgency } = destination;
  const { notice, opened } = await openNotice(tx, {
    ...{ noticeId: uuidv7(), campaignId, platform, category, urgency },
    ...{ dueAt: dueAt(policy, urgency, seenAt), reviewedBy: reviewedBy ?? null },
  });
  const { noticeId } = notice;
  const channel = destination.platform.channel.kind;
  const revision = await scheduleRevision(tx, {
    ...{ deliveryId: uuidv7(), noticeId, channel },
    ...{ settleMs: policy.settleSeconds * 1000, revisionMs: revisionMs(policy, notice.urgency) },
  });
  if (revision === undefined) return [];
  if (opened) return [noticeOpened({ ...notice, channel })];
  const by = reviewedBy === undefined ? {} : { reviewedBy };
  return [{ event: 'notice-revised', subject: noticeId, body: { revision, channel, ...by } }];
}

export function noticeOpened({
  noticeId,
  ...notice
}: Omit<NoticeRow, 'answerState' | 'reviewedBy'> & {
  readonly channel: string;
  readonly reviewedBy?: string | null;
}): EvidenceEvent {
  const { campaignId, platform, category, urgency, dueAt, channel, reviewedBy } = notice;
  const body = { campaignId, platform, category, urgency, dueAt: dueAt.toISOString(), channel };
  return { event: 'notice-opened', subject: noticeId, body: reviewedBy ? { ...body, reviewedBy } : body };
}
