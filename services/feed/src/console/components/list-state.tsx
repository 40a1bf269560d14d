import { useTexts } from '../language.js';

/** What stands in place of the list: while it loads, when nothing is there, when it cannot be had. */
export function ListState(props: {
  kind: 'loading' | 'empty' | 'no-match' | 'no-audit' | 'failed';
  onRetry?: () => void;
}) {
  const t = useTexts();
  switch (props.kind) {
    case 'loading':
      return (
        <div class="list-state" role="status">
          <span class="visually-hidden">{t.loading}</span>
          {[0, 1, 2].map((row) => (
            <div key={row} class="card skeleton" aria-hidden="true" />
          ))}
        </div>
      );
    case 'empty':
      return (
        <div class="list-state" role="status">
          <span class="radar" aria-hidden="true" />
          <h2>{t.empty}</h2>
          <p>{t.emptyHint}</p>
        </div>
      );
    case 'no-match':
      return (
        <div class="list-state" role="status">
          <h2>{t.noMatch}</h2>
        </div>
      );
    case 'no-audit':
      return (
        <div class="list-state" role="status">
          <h2>{t.noAudit}</h2>
          <p>{t.auditHint}</p>
        </div>
      );
    case 'failed':
      return (
        <div class="list-state" role="alert">
          <h2>{t.failed}</h2>
          <p>{t.failedHint}</p>
          <button type="button" class="solid" onClick={props.onRetry}>
            {t.retry}
          </button>
        </div>
      );
  }
}
