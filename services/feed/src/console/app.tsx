import { useCallback, useRef, useState } from 'preact/hooks';
import { Clock } from './clock.js';
import { FilterBar } from './components/filter-bar.js';
import { cardId } from './components/flag-card.js';
import { FlagList } from './components/flag-list.js';
import { HelpDialog } from './components/help-dialog.js';
import { NoticeView } from './components/notice-view.js';
import { NoticesView } from './components/notices-view.js';
import { PageHeader } from './components/page-header.js';
import { RecallPanel } from './components/recall-panel.js';
import { SendingSwitch } from './components/sending-switch.js';
import { SourcesView } from './components/sources-view.js';
import { ViewBar } from './components/view-bar.js';
import { NO_FILTERS } from './filters.js';
import { TextsContext, useLanguage } from './language.js';
import { loadSources, loadSummary } from './load.js';
import { safeLink } from './safe-link.js';
import { LANGUAGES } from './texts.js';
import { useFeed } from './use-feed.js';
import { useFilters } from './use-filters.js';
import { useKeys } from './use-keys.js';
import { usePolled } from './use-polled.js';
import { useSending } from './use-sending.js';
import { useView } from './views.js';

export function App() {
  const [language, setLanguage] = useLanguage();
  const view = useView();
  const [filters, setFilters] = useFilters();
  const [selected, setSelected] = useState('');
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set());
  const help = useRef<HTMLDialogElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const feed = useFeed(filters);
  const summary = usePolled(loadSummary);
  const sources = usePolled(loadSources)?.items;
  const sending = useSending();

  const toggleReveal = useCallback((flagId: string) => setRevealed((now) => toggled(now, flagId)), []);
  const showCampaign = useCallback(
    (campaign: string) => {
      setFilters({ ...NO_FILTERS, campaign });
      scrollTo(0, 0);
    },
    [setFilters],
  );

  const { items } = feed;
  const at = items.findIndex(({ flagId }) => flagId === selected);
  const current = items[at];
  const select = (position: number) => {
    const item = items[Math.max(0, Math.min(items.length - 1, position))];
    if (!item) return;
    setSelected(item.flagId);
    document.getElementById(cardId(item.flagId))?.focus();
  };
  const showHelp = () => help.current?.showModal();
  const listKeys = {
    j: () => select(at + 1),
    k: () => select(at - 1),
    g: () => select(0),
    v: () => current && toggleReveal(current.flagId),
    c: () => current?.campaignId && showCampaign(current.campaignId),
    o: () => {
      const link = safeLink(current?.post.url ?? null);
      if (link) open(link.href, '_blank', 'noopener,noreferrer');
    },
    '/': () => search.current?.focus(),
  };
  useKeys({ ...(view.name === 'flags' && listKeys), '?': showHelp });

  return (
    <TextsContext.Provider value={LANGUAGES[language]}>
      <Clock>
        <div class="top">
          <PageHeader
            summary={summary}
            status={feed.status}
            language={language}
            onLanguage={setLanguage}
            onHelp={showHelp}
          />
          <div class="view-line">
            <ViewBar view={view} sources={sources} summary={summary} />
            <SendingSwitch {...sending} />
          </div>
          {view.name === 'flags' && (
            <FilterBar filters={filters} summary={summary} searchRef={search} onChange={setFilters} />
          )}
          {feed.status === 'reconnecting' && (
            <p class="banner" role="alert">
              {LANGUAGES[language].reconnecting}
            </p>
          )}
        </div>
        {view.name === 'flags' && (
          <FlagList
            above={filters.audit && <RecallPanel />}
            feed={feed}
            filters={filters}
            selected={selected}
            revealed={revealed}
            onSelect={setSelected}
            onReveal={toggleReveal}
            onCampaign={showCampaign}
          />
        )}
        {view.name === 'notices' && <NoticesView filters={view.filters} summary={summary} />}
        {view.name === 'notice' && <NoticeView key={view.noticeId} noticeId={view.noticeId} />}
        {view.name === 'sources' && <SourcesView sources={sources} />}
        <HelpDialog dialog={help} />
      </Clock>
    </TextsContext.Provider>
  );
}

function toggled(set: ReadonlySet<string>, value: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}
