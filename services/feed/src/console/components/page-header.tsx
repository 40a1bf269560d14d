import type { ComponentChildren } from 'preact';
import { useTexts } from '../language.js';
import { useLiveStatus } from '../live.js';
import { useSession } from '../session.js';
import { AccountCorner } from './account-corner.js';
import { LANGUAGES, type Language } from '../texts.js';

export function PageHeader(props: {
  language: Language;
  onLanguage: (language: Language) => void;
  onHelp: () => void;
  /** The way from view to view. */
  children: ComponentChildren;
}) {
  const { language, onLanguage, onHelp, children } = props;
  const mayRead = useSession().permissions.includes('read');
  const t = useTexts();
  return (
    <header class="page-header">
      <h1>
        <Beacon />
        Siaga <small>{t.tagline}</small>
      </h1>
      {children}
      <div class="page-tools">
        {mayRead && <Status />}
        <div class="switch" role="group" aria-label={t.language}>
          {(Object.keys(LANGUAGES) as Language[]).map((code) => (
            <button type="button" key={code} aria-pressed={code === language} onClick={() => onLanguage(code)}>
              {code.toUpperCase()}
            </button>
          ))}
        </div>
        <AccountCorner />
        <button type="button" class="round" aria-label={t.help} title={`${t.help} (?)`} onClick={onHelp}>
          ?
        </button>
      </div>
    </header>
  );
}

function Beacon() {
  return <span class={`beacon ${useLiveStatus()}`} aria-hidden="true" />;
}

function Status() {
  const t = useTexts();
  const status = useLiveStatus();
  return (
    <span class={`status ${status}`} role="status">
      {status === 'live' ? t.live : t.connecting}
    </span>
  );
}
