import { useState } from 'preact/hooks';
import type { RumourItem } from '../../routes/rumours.js';
import { ListState } from '../components/list-state.js';
import { ViewHeading } from '../components/view-heading.js';
import { useTextsOf } from '../language.js';
import type { ViewProps } from '../place.js';
import { RISING } from '../texts/rising.js';
import { RumourRow } from './rumour-row.js';
import { useRumours } from './use-rumours.js';
import '../styles/rows.css';
import '../styles/claims.css';
import '../styles/rising.css';

const STATES = ['unverified', 'dismissed', 'debunked'] as const satisfies readonly RumourItem['state'][];

/** What several people post alike and nobody has checked, what grows most first. */
export function RisingView({ query }: ViewProps) {
  const t = useTextsOf(RISING);
  const given = new URLSearchParams(query).get('rumourState');
  const state = STATES.find((one) => one === given) ?? 'unverified';
  return (
    <main>
      <ViewHeading>{t.title}</ViewHeading>
      <p class="rising-hint">{t.hint}</p>
      <form class="filter-bar" onSubmit={(event) => event.preventDefault()}>
        <select
          aria-label={t.state}
          value={state}
          onChange={(event) => (location.hash = `#/rising?rumourState=${event.currentTarget.value}`)}
        >
          {STATES.map((one) => (
            <option key={one} value={one}>
              {t.states[one]}
            </option>
          ))}
        </select>
      </form>
      <Rumours key={state} state={state} />
    </main>
  );
}

function Rumours({ state }: { state: RumourItem['state'] }) {
  const t = useTextsOf(RISING);
  const { page, failed, decide, claim } = useRumours(state);
  const [hidden, setHidden] = useState<string>();
  const hide = async (rumourId: string) => {
    await decide(rumourId, 'dismissed');
    setHidden(rumourId);
  };
  return (
    <>
      {hidden !== undefined && (
        <p class="rising-told" role="status">
          {t.hidden}
          <button
            type="button"
            class="solid"
            onClick={() =>
              void decide(hidden, 'unverified').then(
                () => setHidden(undefined),
                () => undefined,
              )
            }
          >
            {t.undo}
          </button>
        </p>
      )}
      {!page && <ListState kind={failed ? 'failed' : 'loading'} />}
      {page?.items.length === 0 && (
        <div class="list-state" role="status">
          <h3>{t.empty[state]}</h3>
          {state === 'unverified' && <p>{t.emptyHint}</p>}
        </div>
      )}
      {page && page.items.length > 0 && (
        <ol class="rows" aria-label={t.list}>
          {page.items.map((rumour) => (
            <RumourRow key={rumour.rumourId} rumour={rumour} onHide={hide} onShow={decide} onClaim={claim} />
          ))}
        </ol>
      )}
      {page && page.next !== null && <p class="older">{t.onlyWarmest(page.items.length)}</p>}
    </>
  );
}
