import type { ClaimItem } from '../../routes/claims.js';
import { useTextsOf } from '../language.js';
import type { ViewProps } from '../place.js';
import { CLAIMS } from '../texts/claims.js';
import { useClaims } from '../use-claims.js';
import { ClaimRow } from './claim-row.js';
import { ListState } from './list-state.js';
import { ViewHeading } from './view-heading.js';
import '../styles/rows.css';
import '../styles/notices.css';
import '../styles/claims.css';

const STATES = ['active', 'confirmed', 'disabled'] as const satisfies readonly ClaimItem['state'][];
const Q_MAX = 200;
const COMMAND = `npm run claims -- import claims.csv --publisher "Meja Uji" --language id
npm run claims -- status`;

/** The bank of claims that posts are matched against, searched and filtered by the address. */
export function ClaimsView({ query }: ViewProps) {
  const t = useTextsOf(CLAIMS);
  const given = new URLSearchParams(query);
  const q = (given.get('q') ?? '').trim().slice(0, Q_MAX);
  const state = STATES.find((one) => one === given.get('claimState')) ?? '';
  const wanted = new URLSearchParams({ ...(q && { q }), ...(state && { claimState: state }) }).toString();
  const go = (form: HTMLFormElement) => {
    const fields = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]);
    location.hash = `#/claims?${new URLSearchParams(fields.filter(([, value]) => value))}`;
  };
  return (
    <main>
      <ViewHeading>{t.title}</ViewHeading>
      <form
        class="filter-bar"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          go(event.currentTarget);
        }}
      >
        <input
          key={q}
          name="q"
          type="search"
          aria-label={t.search}
          placeholder={t.search}
          defaultValue={q}
          maxLength={Q_MAX}
        />
        <select
          name="claimState"
          aria-label={t.state}
          value={state}
          onChange={(event) => event.currentTarget.form && go(event.currentTarget.form)}
        >
          <option value="">{t.anyState}</option>
          {STATES.map((one) => (
            <option key={one} value={one}>
              {t.states[one]}
            </option>
          ))}
        </select>
        <button type="submit" class="solid">
          {t.find}
        </button>
      </form>
      <ClaimList key={wanted} wanted={wanted} />
    </main>
  );
}

function ClaimList({ wanted }: { wanted: string }) {
  const t = useTextsOf(CLAIMS);
  const { phase, items, next, more, change } = useClaims(wanted);
  return (
    <>
      {items.length > 0 && (
        <ol class="rows" aria-label={t.list}>
          {items.map((claim) => (
            <ClaimRow key={claim.claimId} claim={claim} onChange={change} />
          ))}
        </ol>
      )}
      {phase === 'ready' && items.length === 0 && (
        <div class="list-state" role="status">
          <h3>{wanted === '' ? t.empty : t.noMatch}</h3>
          {wanted === '' && (
            <>
              <p>{t.emptyHint}</p>
              <pre tabIndex={0}>{COMMAND}</pre>
            </>
          )}
        </div>
      )}
      {phase === 'loading' && items.length === 0 && <ListState kind="loading" />}
      {phase === 'failed' && <ListState kind="failed" onRetry={more} />}
      {next !== null && phase !== 'failed' && (
        <p class="older">
          <button type="button" class="solid" disabled={phase === 'loading'} onClick={more}>
            {t.more}
          </button>
        </p>
      )}
    </>
  );
}
