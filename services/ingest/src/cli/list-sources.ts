import type { SourceState } from '@siaga/storage';
import type { SourceHealth } from '../fleet/source-health.js';
import type { SourceEntry } from '../sources/kinds.js';

/** The registry beside what the fleet says of it, a row a source, with a header. */
export function sourceRows(entries: readonly SourceEntry[], states: readonly SourceState[]): string[][] {
  const known = new Map(states.map((state) => [state.source, state]));
  const kinds = new Map<string, string>(entries.map(({ name, kind }) => [name, kind]));
  const names = [...new Set([...kinds.keys(), ...known.keys()])];
  return [
    ['source', 'kind', 'state', 'worker', 'posts', 'no posts', 'latest event', 'latest failure'],
    ...names.map((name) => {
      const state = known.get(name);
      const health = (state?.health ?? undefined) as Partial<SourceHealth> | undefined;
      return [
        name,
        kinds.get(name) ?? 'not in the registry',
        kinds.get(name) === 'push' ? 'every worker takes it' : stateOf(state, health),
        state?.holder ?? '-',
        String(health?.posts ?? 0),
        String(health?.refused ?? 0),
        health?.lastEventAt ?? '-',
        health?.lastError ?? '-',
      ];
    }),
  ];
}

function stateOf(state: SourceState | undefined, health: Partial<SourceHealth> | undefined): string {
  if (state?.paused) return 'paused';
  if (!state?.holder) return 'nobody reads it';
  return health?.state ?? 'starting';
}
