import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import type { SourceItem } from '../routes/sources.js';
import type { Summary } from '../routes/summary.js';
import { LiveConnection } from './live.js';
import { loadSources, loadSummary } from './load.js';
import { usePolled } from './use-polled.js';

/** What the whole desk looks at, whichever view is open: a few seconds old at most, undefined until it is loaded. */
export interface Desk {
  readonly summary: Summary | undefined;
  readonly sources: readonly SourceItem[] | undefined;
}

const DeskContext = createContext<Desk>({ summary: undefined, sources: undefined });
export const useDesk = (): Desk => useContext(DeskContext);

/** For whoever may read; nobody else's page asks for any of it. */
export function ReadingDesk({ children }: { children: ComponentChildren }) {
  const summary = usePolled(loadSummary);
  const sources = usePolled(loadSources);
  return (
    <LiveConnection>
      <DeskContext.Provider value={{ summary, sources }}>{children}</DeskContext.Provider>
    </LiveConnection>
  );
}
