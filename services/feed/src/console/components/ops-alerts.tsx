import { useContext } from 'preact/hooks';
import type { Ops } from '../../ops/ops-schema.js';
import { LanguageContext, useTextsOf } from '../language.js';
import { OPS } from '../texts/ops.js';

/** What fires, with its runbook; where that has no address that a browser can open, its path is said. */
export function OpsAlerts({ alerts }: { alerts: Ops['alerts'] }) {
  const t = useTextsOf(OPS);
  const language = useContext(LanguageContext);
  return (
    <section class="ops-alerts" aria-labelledby="ops-alerts">
      <h3 id="ops-alerts">{t.alerts}</h3>
      {alerts.length === 0 && <p class="note">{t.calm}</p>}
      <ul>
        {alerts.map(({ name, severity, summary, runbook, since, labels }) => (
          <li key={`${name} ${JSON.stringify(labels)}`} class={severity === 'page' ? 'page' : 'ticket'}>
            <strong>{name}</strong> <span class="severity">{severity === 'page' ? t.page : t.ticket}</span>
            <p>
              <bdi>{summary}</bdi>
            </p>
            <p class="note">
              {t.since}{' '}
              <time dateTime={since}>{new Date(since).toLocaleString(language === 'id' ? 'id-ID' : 'en-GB')}</time>
              {' · '}
              {/^https?:\/\//.test(runbook) ? (
                <a href={runbook} rel="noreferrer noopener" target="_blank">
                  {t.runbook}
                </a>
              ) : (
                <span>
                  {t.runbook}: <code>{runbook}</code>
                </span>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
