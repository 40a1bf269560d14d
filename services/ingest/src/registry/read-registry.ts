import { checkYaml, parseYamlFile, SettingsError, type YamlFile } from '@siaga/runtime';
import { ENTRIES, type SourceEntry } from '../sources/kinds.js';

const FAULTS_SHOWN = 20;

/**
 * Reads the source registry: YAML (or JSON) with a list `sources`, each entry checked by the schema of its kind.
 *
 * @throws SettingsError naming file, line and field of every fault
 */
export function readRegistry(file: string): SourceEntry[] {
  const yaml = parseYamlFile(file);
  const list = (yaml.content as { sources?: unknown } | null)?.sources;
  if (!Array.isArray(list)) {
    throw new SettingsError([
      `${file}:${yaml.lineOf(['sources'])}: sources must be a list; "sources: []" is an empty one`,
    ]);
  }
  const entries = list.map((content: unknown, i) => checkEntry(yaml, content, i));
  const faults = [...entries.flatMap((entry) => entry.faults), ...sharedNames(yaml, list)];
  if (faults.length > 0) throw new SettingsError(faults.slice(0, FAULTS_SHOWN));
  return entries.map(({ value }) => value as SourceEntry);
}

function checkEntry(yaml: YamlFile, content: unknown, position: number) {
  const kind = (content as { kind?: unknown } | null)?.kind;
  if (typeof kind === 'string' && Object.hasOwn(ENTRIES, kind)) {
    return checkYaml(yaml, ENTRIES[kind as keyof typeof ENTRIES], content, ['sources', position]);
  }
  const path = ['sources', position, 'kind'];
  const fault = `${yaml.file}:${yaml.lineOf(path)}: sources[${position}].kind must be one of ${Object.keys(ENTRIES).join(', ')}`;
  return { value: undefined, faults: [fault] };
}

/** Names are what cursors, leases and metrics go by. */
function sharedNames(yaml: YamlFile, list: readonly unknown[]): string[] {
  const first = new Map<unknown, number>();
  return list.flatMap((entry, i) => {
    const name = (entry as { name?: unknown } | null)?.name;
    if (name === undefined) return [];
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, i);
      return [];
    }
    return [
      `${yaml.file}:${yaml.lineOf(['sources', i, 'name'])}: sources[${i}].name is the name of sources[${before}] too`,
    ];
  });
}
