import { useCallback, useRef, useState } from 'preact/hooks';
import type { ListedNoticeItem } from '../../routes/notices.js';
import { useDesk } from '../desk.js';
import { useTexts, useTextsOf } from '../language.js';
import { loadNotices } from '../load.js';
import { noticeFiltersFrom, noticeQuery, noticesHash, type NoticeFilters } from '../notice-filters.js';
import { NOTICES } from '../texts/notices.js';
import type { ViewProps } from '../place.js';
import { useKeys } from '../use-keys.js';
import { usePolled } from '../use-polled.js';

import { ListState } from './list-state.js';
import { NoticeFilterBar } from './notice-filter-bar.js';
import { NoticeDeadline, NoticeTitle } from './notice-facts.js';
import { NoticeView } from './notice-view.js';
import { Fact } from './fact.js';
import { Ago } from './spans.js';
import { ViewHeading } from './view-heading.js';
import '../styles/rows.css';
import '../styles/notices.css';

const PAGE = 50;
const SHOWN_AT_MOST = 200;

/** All notices, or the one that the address names. */
export function NoticesView({ path, query }: ViewProps) {
  return path === '' ? <AllNotices filters={noticeFiltersFrom(query)} /> : <NoticeView key={path} noticeId={path} />;
}

/** The notices to platforms, the overdue first; the keys j, k and g go along them. */
function AllNotices({ filters }: { filters: NoticeFilters }) {
  const t = useTextsOf(NOTICES);
  const { summary } = useDesk();
  const rows = useRef<HTMLElement>(null);
  const go = (step: (at: number) => number) => {
    const links = [...(rows.current?.querySelectorAll<HTMLElement>('.row h3 a') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    links[Math.max(0, Math.min(links.length - 1, step(at)))]?.focus();
  };
  useKeys({ j: () => go((at) => at + 1), k: () => go((at) => at - 1), g: () => go(() => 0) });
  return (
    <main ref={rows}>
      <ViewHeading>{t.title}</ViewHeading>
      <NoticeFilterBar
        filters={filters}
        summary={summary}
        onChange={(chosen) => void (location.hash = noticesHash(chosen))}
      />
      <NoticeList key={noticeQuery(filters)} filters={filters} />
    </main>
  );
}

function NoticeList({ filters }: { filters: NoticeFilters }) {
  const t = useTextsOf(NOTICES);
  const [limit, setLimit] = useState(PAGE);
  const query = noticeQuery(filters);
  const loader = useCallback((signal: AbortSignal) => loadNotices(filters, limit, signal), [query, limit]);
  const page = usePolled(loader);
  if (!page) return <ListState kind="loading" />;
  const { items, next } = page;
  return (
    <>
      {items.length === 0 && (
        <div class="list-state" role="status">
          <h3>{query === '' ? t.empty : t.noMatch}</h3>
          {query === '' && <p>{t.emptyHint}</p>}
        </div>
      )}
      <ol class="rows" aria-label={t.list}>
        {items.map((notice) => (
          <NoticeRow key={notice.noticeId} notice={notice} />
        ))}
      </ol>
      {next !== null && (
        <p class="older">
          {limit < SHOWN_AT_MOST ? (
            <button type="button" class="solid" onClick={() => setLimit(Math.min(limit + PAGE, SHOWN_AT_MOST))}>
              {t.more}
            </button>
          ) : (
            t.limit
          )}
        </p>
      )}
    </>
  );
}

function NoticeRow({ notice }: { notice: ListedNoticeItem }) {
  const all = useTexts();
  const t = useTextsOf(NOTICES);
  const { noticeId, deliveryState, answerState, posts, createdAt, needsAttention } = notice;
  const word = (state: string | null) => (state === null ? t.none : (all.states[state] ?? state));
  return (
    <li class={`row notice-row ${needsAttention ? 'attention' : ''}`}>
      <h3>
        <a href={`#/notices/${noticeId}`}>
          <NoticeTitle notice={notice} />
        </a>
        {needsAttention && <span class="badge bad">{t.attention}</span>}
        <NoticeDeadline notice={notice} />
      </h3>
      <dl class="facts">
        <Fact name={t.delivery}>{word(deliveryState)}</Fact>
        <Fact name={t.answer}>{word(answerState)}</Fact>
        <Fact name={t.copies}>{posts.toLocaleString()}</Fact>
        <Fact name={t.opened}>
          <Ago at={createdAt} />
        </Fact>
      </dl>
    </li>
  );
}
