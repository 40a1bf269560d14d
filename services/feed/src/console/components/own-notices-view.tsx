import { useCallback, useState } from 'preact/hooks';
import type { PlatformNotice } from '../../platform-notice.js';
import { useTexts, useTextsOf } from '../language.js';
import { loadOwnNotices } from '../load.js';
import type { ViewProps } from '../place.js';
import { OWN_NOTICES } from '../texts/own-notices.js';
import { usePolled } from '../use-polled.js';
import { Fact } from './fact.js';
import { ListState } from './list-state.js';
import { OwnNotice } from './own-notice.js';
import { OwnAnswer, OwnDeadline } from './own-notice-facts.js';
import { Ago } from './spans.js';
import { ViewHeading } from './view-heading.js';
import '../styles/rows.css';
import '../styles/notices.css';
import '../styles/own-notices.css';

const PAGE = 50;
const SHOWN_AT_MOST = 200;

/** What a platform's people have to answer, the most urgent first, or the one that the address names. */
export function OwnNoticesView({ path, query }: ViewProps) {
  if (path !== '') return <OwnNotice key={path} noticeId={path} />;
  return <OwnNoticeList state={query === 'state=settled' ? 'settled' : 'open'} />;
}

function OwnNoticeList({ state }: { state: 'open' | 'settled' }) {
  const t = useTextsOf(OWN_NOTICES);
  const [limit, setLimit] = useState(PAGE);
  const loader = useCallback((signal: AbortSignal) => loadOwnNotices(state, limit, signal), [state, limit]);
  const page = usePolled(loader);
  const link = (to: 'open' | 'settled') => (
    <a href={to === 'open' ? '#/own-notices' : `#/own-notices?state=${to}`} aria-current={to === state && 'true'}>
      {t[to]}
    </a>
  );
  return (
    <main>
      <ViewHeading>{t.title}</ViewHeading>
      <nav class="own-states" aria-label={t.which}>
        {link('open')}
        {link('settled')}
      </nav>
      {!page && <ListState kind="loading" />}
      {page?.items.length === 0 && (
        <div class="list-state" role="status">
          <h3>{state === 'open' ? t.empty : t.noneSettled}</h3>
          {state === 'open' && <p>{t.emptyHint}</p>}
        </div>
      )}
      {page && page.items.length > 0 && (
        <ol class="rows" aria-label={t.list}>
          {page.items.map((notice) => (
            <OwnNoticeRow key={notice.noticeId} notice={notice} />
          ))}
        </ol>
      )}
      {page && page.next !== null && limit < SHOWN_AT_MOST && (
        <p class="older">
          <button type="button" class="solid" onClick={() => setLimit(Math.min(limit + PAGE, SHOWN_AT_MOST))}>
            {t.more}
          </button>
        </p>
      )}
    </main>
  );
}

function OwnNoticeRow({ notice }: { notice: PlatformNotice }) {
  const all = useTexts();
  const t = useTextsOf(OWN_NOTICES);
  const { noticeId, category, posts, deliveredAt } = notice;
  return (
    <li class="row notice-row">
      <h3>
        <a href={`#/own-notices/${noticeId}`}>
          {all[category]}: {t.posts(posts)}
        </a>
        <OwnAnswer notice={notice} />
        <OwnDeadline notice={notice} />
      </h3>
      <dl class="facts">
        <Fact name={t.received}>
          <Ago at={deliveredAt} />
        </Fact>
        <Fact name="ID">
          <code>{noticeId.slice(0, 8)}</code>
        </Fact>
      </dl>
    </li>
  );
}
