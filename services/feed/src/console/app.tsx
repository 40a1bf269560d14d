import { useRef } from 'preact/hooks';
import { Clock } from './clock.js';
import { HelpDialog } from './components/help-dialog.js';
import { LoadedView } from './components/loaded-view.js';
import { PageHeader } from './components/page-header.js';
import { ReconnectingBanner } from './components/reconnecting-banner.js';
import { StatusLine } from './components/status-line.js';
import { ViewBar } from './components/view-bar.js';
import { ReadingDesk } from './desk.js';
import { LanguageContext, useLanguage } from './language.js';
import { useSession } from './session.js';
import { useKeys } from './use-keys.js';
import { usePlace, viewsFor } from './views.js';

/** The frame around the view that the address names, for whoever may see at least one. */
export function App() {
  const [language, setLanguage] = useLanguage();
  const { permissions } = useSession();
  const place = usePlace(permissions);
  const help = useRef<HTMLDialogElement>(null);
  const showHelp = () => help.current?.showModal();
  useKeys({ '?': showHelp });
  if (!place) return null;

  const mayRead = permissions.includes('read');
  const page = place.view.alone ? (
    <LoadedView place={place} />
  ) : (
    <>
      <PageHeader language={language} onLanguage={setLanguage} onHelp={showHelp}>
        <ViewBar views={viewsFor(permissions)} at={place.view} />
      </PageHeader>
      {mayRead && <StatusLine />}
      <LoadedView place={place} />
      {mayRead && <ReconnectingBanner />}
      <HelpDialog dialog={help} />
    </>
  );
  return (
    <LanguageContext.Provider value={language}>
      <Clock>{mayRead ? <ReadingDesk>{page}</ReadingDesk> : page}</Clock>
    </LanguageContext.Provider>
  );
}
