import type { SourceEntry } from '../sources/kinds.js';
import { readRegistry } from './read-registry.js';

export interface ReloadableRegistry {
  readonly entries: readonly SourceEntry[];
  /** Entries that have not changed stay the same objects. @throws SettingsError, and then nothing has changed */
  reload(): void;
}

/** @throws SettingsError */
export function reloadableRegistry(file: string): ReloadableRegistry {
  let entries = readRegistry(file);
  return {
    get entries() {
      return entries;
    },
    reload() {
      const known = new Map(entries.map((entry) => [JSON.stringify(entry), entry]));
      entries = readRegistry(file).map((entry) => known.get(JSON.stringify(entry)) ?? entry);
    },
  };
}
