import { useCallback, useState } from 'preact/hooks';
import { useTextsOf } from '../language.js';
import { detailOf, loadQueries, loadSubscriptions, queryOfSearch, saveQuery, wordsOfQuery } from '../saved-queries.js';
import { useMay } from '../session.js';
import { QUERIES } from '../texts/queries.js';
import { usePolled } from '../use-polled.js';
import { ListState } from './list-state.js';
import { Visible } from './marked-text.js';
import { QueryRow } from './query-row.js';
import { ViewHeading } from './view-heading.js';
import '../styles/rows.css';
import '../styles/queries.css';

/** Queries that people come back to, and who is sent what they find. */
export function QueriesView() {
  const t = useTextsOf(QUERIES);
  const mayDecide = useMay('decide');
  const [changes, setChanges] = useState(0);
  const changed = () => setChanges((count) => count + 1);
  const queries = usePolled(useCallback((signal: AbortSignal) => loadQueries(signal), [changes]));
  const subscriptions = usePolled(
    useCallback(
      async (signal: AbortSignal) => (mayDecide ? loadSubscriptions(signal) : { items: [] }),
      [changes, mayDecide],
    ),
  );
  return (
    <main>
      <ViewHeading>{t.title}</ViewHeading>
      {mayDecide && <SaveForm onSaved={changed} />}
      {!queries && <ListState kind="loading" />}
      {queries?.items.length === 0 && (
        <div class="list-state" role="status">
          <h3>{t.empty}</h3>
          <p>{t.emptyHint}</p>
        </div>
      )}
      <ul class="rows" aria-label={t.list}>
        {queries?.items.map((query) => (
          <QueryRow
            key={query.queryId}
            query={query}
            subscriptions={(subscriptions?.items ?? []).filter(({ queryId }) => queryId === query.queryId)}
            mayDecide={mayDecide}
            onChanged={changed}
          />
        ))}
      </ul>
    </main>
  );
}

function SaveForm({ onSaved }: { onSaved: () => void }) {
  const t = useTextsOf(QUERIES);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [failure, setFailure] = useState<string>();
  const query = queryOfSearch(location.search);
  const save = (event: Event) => {
    event.preventDefault();
    saveQuery(name.trim(), shared, query).then(
      () => {
        setName('');
        setFailure(undefined);
        onSaved();
      },
      (error: unknown) => setFailure(detailOf(error) ?? t.failed),
    );
  };
  return (
    <form class="row query-form" onSubmit={save}>
      <h3>{t.save}</h3>
      <p class="query-words">
        <Visible text={wordsOfQuery(query).join(' · ') || t.everything} />
      </p>
      <label>
        {t.name}
        <input
          value={name}
          maxLength={100}
          pattern=".*\S.*"
          required
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label>
        <input type="checkbox" checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
        {t.shared}
      </label>
      <button type="submit" class="solid">
        {t.keep}
      </button>
      {failure !== undefined && (
        <p role="alert" class="query-alert">
          {failure}
        </p>
      )}
    </form>
  );
}
