import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useTextsOf } from '../language.js';
import { VIEW_WORDS } from '../texts/views.js';
import type { Place, ViewEntry, ViewProps } from '../place.js';
import { ListState } from './list-state.js';

const loaded = new Map<string, ComponentType<ViewProps>>();

/** A view, fetched when it is first shown. */
export function LoadedView({ place: { view, path, query } }: { place: Place }) {
  const t = useTextsOf(VIEW_WORDS);
  const [state, setState] = useState<{ of: ViewEntry; failed: boolean }>();
  useEffect(() => {
    if (loaded.has(view.name)) return;
    view.load().then(
      (component) => {
        loaded.set(view.name, component);
        setState({ of: view, failed: false });
      },
      () => setState({ of: view, failed: true }),
    );
  }, [view]);
  const View = loaded.get(view.name);
  if (View) return <View path={path} query={query} />;
  return (
    <main>
      {state?.failed && state.of === view ? (
        <div class="list-state" role="alert">
          <h2>{t.loadFailed}</h2>
          <p>{t.loadFailedHint}</p>
          <button type="button" class="solid" onClick={() => location.reload()}>
            {t.reload}
          </button>
        </div>
      ) : (
        <ListState kind="loading" />
      )}
    </main>
  );
}
