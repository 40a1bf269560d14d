import { NoticeDeadline, NoticeTitle } from '../components/notice-facts.js';
import { useTexts, useTextsOf } from '../language.js';
import { loadNotices } from '../load.js';
import { NO_NOTICE_FILTERS } from '../notice-filters.js';
import { WALL } from '../texts/wall.js';
import { usePolled } from '../use-polled.js';

const SHOWN = 5;
const loadSoonest = (signal: AbortSignal) => loadNotices(NO_NOTICE_FILTERS, SHOWN, signal);

/** The open notices that are overdue or will be first. */
export function DueSoonest() {
  const { states } = useTexts();
  const t = useTextsOf(WALL);
  const notices = usePolled(loadSoonest)?.items;
  return (
    <section class="wall-due" aria-labelledby="wall-due">
      <h2 id="wall-due">{t.due}</h2>
      {notices?.length === 0 && <p class="none">{t.noneDue}</p>}
      <ol>
        {notices?.map((notice) => {
          const state = notice.answerState ?? notice.deliveryState ?? 'scheduled';
          return (
            <li key={notice.noticeId} class={notice.needsAttention ? 'attention' : ''}>
              <p class="lead">
                <NoticeDeadline notice={notice} />
              </p>
              <p class="who">
                <NoticeTitle notice={notice} />
                <span class="state">{states[state] ?? state}</span>
              </p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
