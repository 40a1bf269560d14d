import type { SourceItem } from '../routes/sources.js';

/** Worst first; what a person has paused and what has ended needs nobody. */
const ORDER = ['failing', 'unread', 'starting', 'running', 'paused', 'ended'];

/** A state that this version does not know stands between trouble and health. */
const rank = ({ state }: SourceItem) => (ORDER.includes(state) ? ORDER.indexOf(state) : 2);

export function worstFirst(sources: readonly SourceItem[]): readonly SourceItem[] {
  return [...sources].sort((a, b) => rank(a) - rank(b) || a.source.localeCompare(b.source));
}

export interface SourceTrouble {
  readonly state: 'failing' | 'unread';
  readonly count: number;
}

/** What the header warns of: sources that fail, else sources that no worker reads. */
export function troubleOf(sources: readonly SourceItem[]): SourceTrouble | undefined {
  for (const state of ['failing', 'unread'] as const) {
    const count = sources.filter((source) => source.state === state).length;
    if (count > 0) return { state, count };
  }
  return undefined;
}
