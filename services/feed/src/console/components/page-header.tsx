import type { Summary } from '../../routes/summary.js';
import { useTexts } from '../language.js';
import type { LiveStatus } from '../live-connection.js';
import { AccountCorner } from './account-corner.js';
import { LANGUAGES, type Language } from '../texts.js';

const DELIVERED = ['delivered', 'received', 'under_review', 'actioned', 'rejected', 'needs_info', 'disputed'];
const ANSWERED = DELIVERED.slice(1);

export function PageHeader(props: {
  summary: Summary | undefined;
  status: LiveStatus;
  language: Language;
  onLanguage: (language: Language) => void;
  onHelp: () => void;
}) {
  const { summary, status, language, onLanguage, onHelp } = props;
  const t = useTexts();
  const notices = (states: readonly string[]) =>
    summary && states.reduce((total, state) => total + (summary.notices.byState[state] ?? 0), 0);
  return (
    <header class="page-header">
      <h1>
        <span class={`beacon ${status}`} aria-hidden="true" />
        Siaga <small>{t.tagline}</small>
      </h1>
      <dl class="figures">
        <Figure name={t.flags} value={summary?.flags.total} />
        <Figure name={t.campaigns} value={summary?.campaigns} />
        <Figure name={t.delivered} value={notices(DELIVERED)} />
        <Figure name={t.answered} value={notices(ANSWERED)} />
        <Figure name={t.overdue} value={summary?.notices.overdue} alarm={(summary?.notices.overdue ?? 0) > 0} />
      </dl>
      <div class="page-tools">
        <span class={`status ${status}`} role="status">
          {status === 'live' ? t.live : t.connecting}
        </span>
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

function Figure({ name, value, alarm }: { name: string; value: number | undefined; alarm?: boolean }) {
  return (
    <div class={alarm ? 'alarm' : ''}>
      <dt>{name}</dt>
      <dd>{value?.toLocaleString() ?? '–'}</dd>
    </div>
  );
}
