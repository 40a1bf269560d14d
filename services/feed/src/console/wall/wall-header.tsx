import { useContext } from 'preact/hooks';
import { useNow } from '../clock.js';
import { LanguageContext, useTexts, useTextsOf } from '../language.js';
import { useLiveStatus } from '../live.js';
import { WALL } from '../texts/wall.js';

/** Which screen it is, whether it is live, and what time it is: one that stands still shows. */
export function WallHeader() {
  const all = useTexts();
  const t = useTextsOf(WALL);
  const language = useContext(LanguageContext);
  const status = useLiveStatus();
  const now = new Date(useNow());
  return (
    <header class="wall-header">
      <h1>
        <a href="/#/flags" title={t.toConsole}>
          Siaga
        </a>{' '}
        <small>{t.title}</small>
      </h1>
      <span class={`status ${status}`} role="status">
        {status === 'live' ? all.live : all.connecting}
      </span>
      <time dateTime={now.toISOString()} aria-label={t.now}>
        {now.toLocaleTimeString(language === 'id' ? 'id-ID' : 'en-GB')}
      </time>
    </header>
  );
}
