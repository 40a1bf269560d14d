import type { PlatformNotice } from '../../platform-notice.js';
import { useTextsOf } from '../language.js';
import { OWN_NOTICES } from '../texts/own-notices.js';
import { isSettled, toneOf } from './notice-badge.js';
import { Deadline } from './spans.js';

/** The platform's own latest word. */
export function OwnAnswer({ notice: { answerState } }: { notice: PlatformNotice }) {
  const t = useTextsOf(OWN_NOTICES);
  if (answerState === null) return <span class="badge idle">{t.unanswered}</span>;
  const word = t.states[answerState as keyof typeof t.states] ?? answerState;
  return <span class={`badge ${toneOf(answerState)}`}>{word}</span>;
}

export function OwnDeadline({ notice: { answerState, pausedAt, dueAt } }: { notice: PlatformNotice }) {
  const t = useTextsOf(OWN_NOTICES);
  if (isSettled(answerState)) return <span class="deadline">{t.met}</span>;
  if (pausedAt !== null) return <span class="deadline soon">{t.paused}</span>;
  return <Deadline dueAt={dueAt} />;
}
