import {
  advanceDeadlines,
  appendEvidence,
  scheduleMessage,
  type Database,
  type DeadlineReached,
  type EvidenceEvent,
} from '@siaga/storage';
import { uuidv7 } from 'uuidv7';
import { nextContact, wayBack } from './channels/routes.js';
import type { NotifyMetrics } from './metrics.js';
import type { Policy } from './policy.js';

const KINDS = { 1: 'reminder-1', 2: 'reminder-2', 3: 'breach' } as const;

/**
 * Reminds platforms at half and at four fifths of a notice's time, and tells the next contact when the deadline has passed.
 * Stage, message and log are one transaction, so each happens once, over restarts too.
 *
 * @param now of the database when not given
 */
export async function watchDeadlines(
  { db, policy, metrics }: { db: Database; policy: () => Policy; metrics: NotifyMetrics },
  now?: Date,
): Promise<void> {
  const reached = await db.transaction(async (tx) => {
    const stages = await advanceDeadlines(tx, now);
    const evidence: EvidenceEvent[] = [];
    for (const stage of stages) {
      const message = messageOf(stage, policy());
      if (message) await scheduleMessage(tx, message);
      evidence.push({
        event: stage.stage === 3 ? 'deadline-passed' : 'reminder-scheduled',
        subject: stage.noticeId,
        body: { stage: stage.stage, dueAt: stage.dueAt.toISOString(), channel: message?.channel ?? null },
      });
    }
    await appendEvidence(tx, evidence);
    return stages;
  });
  for (const { platform, stage } of reached) metrics.deadlines.inc({ platform, event: KINDS[stage] });
}

/** The notice as the platform has it, with what it is about this time; none while the platform has nothing. */
function messageOf(reached: DeadlineReached, policy: Policy) {
  const { noticeId, platform, stage, dueAt, revision, channel, payload } = reached;
  const destination = Object.hasOwn(policy.platforms, platform) ? policy.platforms[platform] : undefined;
  if (!destination || revision === null || channel === null || payload === null) return undefined;
  const kind = KINDS[stage];
  const notice = JSON.parse(payload) as object;
  return {
    ...{ deliveryId: uuidv7(), noticeId, revision, kind },
    channel: (stage === 3 ? nextContact : wayBack)(destination, channel),
    payload: JSON.stringify({ ...notice, due_at: dueAt.toISOString(), message: stage === 3 ? 'overdue' : 'reminder' }),
  };
}
