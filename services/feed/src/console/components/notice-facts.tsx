import type { ListedNoticeItem } from '../../routes/notices.js';
import { useTexts, useTextsOf } from '../language.js';
import { NOTICES } from '../texts/notices.js';
import { isSettled } from './notice-badge.js';
import { Deadline } from './spans.js';

/** To whom, and about what. */
export function NoticeTitle({ notice: { platform, category } }: { notice: ListedNoticeItem }) {
  const t = useTexts();
  return (
    <>
      <bdi>{platform}</bdi>
      <span class={`category ${category}`}>{t[category]}</span>
    </>
  );
}

/** The countdown while the clock runs, else why it does not. */
export function NoticeDeadline({ notice: { answerState, pausedAt, dueAt } }: { notice: ListedNoticeItem }) {
  const t = useTextsOf(NOTICES);
  if (isSettled(answerState)) return <span class="deadline">{t.met}</span>;
  if (pausedAt !== null) return <span class="deadline soon">{t.paused}</span>;
  return <Deadline dueAt={dueAt} />;
}
