import type { SourceEntry } from '../sources/kinds.js';
import { readRegistry } from './read-registry.js';

export interface ReloadableRegistry {
  readonly entries: readonly SourceEntry[];
  /**
   * Entries that have not changed stay the same objects.
   *
   * @param use is given the new entries before they count, and may refuse them by throwing
   * @throws SettingsError, and then nothing has changed
   */
  reload(use: (entries: readonly SourceEntry[]) => void): void;
}

/** @throws SettingsError */
export function reloadableRegistry(file: string): ReloadableRegistry {
  let entries = readRegistry(file);
  return {
    get entries() {
      return entries;
    },
    reload(use) {
      const known = new Map(entries.map((entry) => [JSON.stringify(entry), entry]));
      const next = readRegistry(file).map((entry) => known.get(JSON.stringify(entry)) ?? entry);
      use(next);
      entries = next;
    },
  };
}
