import { createHash } from 'node:crypto';
import { decisionCodec, type Decision, type ReviewState } from '@siaga/contracts';
import { appendOutbox, type EvidenceEvent, type KnownDecision, type NewDecision, type Queryable } from '@siaga/storage';

const keyOf = ({ subject }: Pick<NewDecision, 'subject'>) =>
  'flagId' in subject ? subject.flagId : subject.campaignId;

/** Publishes decisions on `siaga.decisions`, in their order. @param state of their subject, after the last of them */
export async function publishDecisions(
  tx: Queryable,
  decisions: readonly NewDecision[],
  state: ReviewState,
): Promise<void> {
  const events = decisions.map((decision) => ({
    topic: 'decisions' as const,
    key: keyOf(decision),
    value: decisionCodec.encode(eventOf(decision, state)),
  }));
  await appendOutbox(tx, events);
}

function eventOf({ standing: _, secondOf: __, ...decision }: NewDecision, state: ReviewState): Decision {
  return { schemaVersion: 2, ...decision, state };
}

/** A decision as it was made, from how it was recorded. */
export function madeFrom(known: KnownDecision): NewDecision {
  const { decisionId, subject, action, decidedBy, decidedAt, categories, reason, details } = known;
  return {
    ...{ decisionId, subject, action, decidedBy, decidedAt: decidedAt.toISOString() },
    ...(categories && { categories }),
    ...(reason !== null && { reason }),
    ...details,
  };
}

/** For the log: ids, and of a reason the hash. */
export function decisionMade({ subject, reason, decidedBy: by, decidedAt, ...said }: NewDecision): EvidenceEvent {
  const reasonSha256 = reason && createHash('sha256').update(reason).digest('hex');
  return {
    event: 'decision-made',
    subject: keyOf({ subject }),
    body: { ...said, by, decidedAt, ...(reasonSha256 && { reasonSha256 }) },
  };
}
