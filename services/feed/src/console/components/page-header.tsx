import { useDesk } from '../desk.js';
import { useTexts } from '../language.js';
import { useLiveStatus } from '../live.js';
import { useSession } from '../session.js';
import { AccountCorner } from './account-corner.js';
import { LANGUAGES, type Language } from '../texts.js';

const DELIVERED = ['delivered', 'received', 'under_review', 'actioned', 'rejected', 'needs_info', 'disputed'];
const ANSWERED = DELIVERED.slice(1);

export function PageHeader(props: {
  language: Language;
  onLanguage: (language: Language) => void;
  onHelp: () => void;
}) {
  const { language, onLanguage, onHelp } = props;
  const mayRead = useSession().permissions.includes('read');
  const t = useTexts();
  return (
    <header class="page-header">
      <h1>
        <Beacon />
        Siaga <small>{t.tagline}</small>
      </h1>
      {mayRead && <Figures />}
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

function Figures() {
  const t = useTexts();
  const { summary } = useDesk();
  const notices = (states: readonly string[]) =>
    summary && states.reduce((total, state) => total + (summary.notices.byState[state] ?? 0), 0);
  return (
    <dl class="figures">
      <Figure name={t.flags} value={summary?.flags.total} />
      <Figure name={t.campaigns} value={summary?.campaigns} />
      <Figure name={t.delivered} value={notices(DELIVERED)} />
      <Figure name={t.answered} value={notices(ANSWERED)} />
      <Figure name={t.overdue} value={summary?.notices.overdue} alarm={(summary?.notices.overdue ?? 0) > 0} />
    </dl>
  );
}

function Figure({ name, value, alarm }: { name: string; value: number | undefined; alarm?: boolean }) {
  return (
    <div class={alarm ? 'alarm' : ''}>
      <dt>{name}</dt>
      <dd>{value?.toLocaleString() ?? '–'}</dd>
    </div>
  );
}
