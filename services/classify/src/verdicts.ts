import { verdictCodec, verdictWriter } from '@siaga/contracts';
import type { Scorer } from '@siaga/models';
import type { OutgoingMessage } from '@siaga/stream';
import type { Judgement } from './judge.js';

/** The verdicts of a judgement as messages, one per post and one more per post that a shadow model scored. */
export function verdictMessages(
  { scored, dropped }: Judgement,
  { active, shadow }: { readonly active: Scorer; readonly shadow?: Scorer | undefined },
): OutgoingMessage[] {
  const scoredAt = new Date().toISOString();
  const messages: OutgoingMessage[] = [];
  const write = verdictWriter({ model: modelOf(active), backend: active.backend });
  for (const { post, textSha256, scores, labels } of scored) {
    const { id, seenAt } = post;
    messages.push({ key: id, value: write({ id, textSha256, scores, labels, seenAt, scoredAt }) });
  }
  if (shadow) {
    const writeShadow = verdictWriter({ model: modelOf(shadow), backend: shadow.backend });
    for (const { post, textSha256, shadow: scores } of scored) {
      if (!scores) continue;
      const { id, seenAt } = post;
      messages.push({ key: id, value: writeShadow({ id, textSha256, scores, shadow: true, seenAt, scoredAt }) });
    }
  }
  for (const { post, textSha256, reason } of dropped) {
    const { id, seenAt } = post;
    const value = verdictCodec.encode({
      schemaVersion: 1,
      id,
      outcome: 'dropped',
      reason,
      model: modelOf(active),
      backend: active.backend,
      textSha256,
      seenAt,
      scoredAt,
    });
    messages.push({ key: id, value });
  }
  return messages;
}

const modelOf = ({ name, version }: Scorer) => ({ name, version });
