import type { FlagItem } from '../../flag-item.js';
import { useTexts } from '../language.js';
import { Deadline } from './spans.js';

const TONES: Readonly<Record<string, string>> = {
  delivered: 'info',
  received: 'info',
  under_review: 'info',
  actioned: 'good',
  failed: 'bad',
  rejected: 'bad',
  uncertain: 'warn',
  unsure: 'warn',
  'by-hand': 'warn',
  needs_info: 'warn',
  disputed: 'warn',
};
/** How the state of a delivery, or a platform's word, is coloured. */
export const toneOf = (state: string): string => TONES[state] ?? 'plain';

/** The platform has done, or refused, what it was asked. */
const SETTLED = new Set(['actioned', 'rejected']);
export const isSettled = (state: string | null): boolean => SETTLED.has(state ?? '');

/** Where the notice stands: the platform's word if it has answered, else the delivery; and the deadline while it runs. */
export function NoticeBadge({ item }: { item: FlagItem }) {
  const t = useTexts();
  const { notice, reportedAs, category } = item;
  if (notice === null) {
    const isElsewhere = reportedAs !== null && reportedAs !== category;
    return <span class="badge idle">{isElsewhere ? t.reportedAs(t[reportedAs]) : t.noNotice}</span>;
  }
  const state = notice.answerState ?? notice.state ?? 'scheduled';
  return (
    <div class="notice">
      <span class={`badge ${toneOf(state)}`}>{t.states[state] ?? state}</span>
      {!isSettled(state) && <Deadline dueAt={notice.dueAt} />}
    </div>
  );
}
