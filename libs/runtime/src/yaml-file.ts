import { readFileSync } from 'node:fs';
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { isMap, LineCounter, parseDocument } from 'yaml';
import { SettingsError } from './errors.js';

const FAULTS_SHOWN = 20;
const MAX_ALIASES = 50;

type Path = readonly (string | number)[];

/** The content of a YAML (or JSON) file, with where in the file each part of it stands. */
export interface YamlFile {
  readonly file: string;
  readonly content: unknown;
  /** @returns the line of a part, or of the nearest thing around it that exists; from 1 */
  readonly lineOf: (path: Path) => number;
}

/** @throws SettingsError when the file cannot be read or is no YAML, with the line */
export function parseYamlFile(file: string): YamlFile {
  try {
    const lines = new LineCounter();
    const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
    const [error] = document.errors;
    if (error) throw error;
    const lineOf = (path: Path): number => {
      const offset =
        keyOffset(document.getIn(path.slice(0, -1), true), path.at(-1)) ?? offsetOf(document.getIn(path, true));
      if (offset !== undefined) return lines.linePos(offset).line;
      return path.length === 0 ? 1 : lineOf(path.slice(0, -1));
    };
    return { file, content: document.toJS({ maxAliasCount: MAX_ALIASES }), lineOf };
  } catch (error) {
    throw new SettingsError([`${file} cannot be read: ${(error as Error).message}`]);
  }
}

/**
 * Reads a YAML (or JSON) file of settings and checks it; defaults come from the schema.
 *
 * @throws SettingsError listing every fault with its line and its path inside the file
 */
export function readYamlFile<S extends TSchema>(file: string, schema: S): Static<S> {
  const yaml = parseYamlFile(file);
  const { value, faults } = checkYaml(yaml, schema, yaml.content);
  if (faults.length > 0) throw new SettingsError(faults.slice(0, FAULTS_SHOWN));
  return value as Static<S>;
}

/** @param at where in the file the part to be checked stands */
export function checkYaml<S extends TSchema>(
  { file, lineOf }: YamlFile,
  schema: S,
  part: unknown,
  at: Path = [],
): { readonly value: Static<S>; readonly faults: readonly string[] } {
  const value = Value.Default(schema, part);
  // What `additionalProperties: false` refuses is told twice: once of the property, once of the object around it.
  const faults = Value.Errors(schema, value)
    .filter(({ keyword }) => keyword !== 'boolean')
    .map((error) => {
      const { keyword, instancePath, message } = error;
      const path = [...at, ...pathOf(instancePath)];
      const extra = keyword === 'additionalProperties' ? (error.params.additionalProperties as string[]) : [];
      const unknown = extra[0] === undefined ? '' : `: ${extra.join(', ')}`;
      const line = lineOf(extra[0] === undefined ? path : [...path, extra[0]]);
      return `${file}:${line}: ${nameOf(path)} ${message}${unknown}`;
    });
  return { value: value as Static<S>, faults };
}

/** A JSON pointer's parts; array positions as numbers, which the YAML document wants them to be. */
const pathOf = (pointer: string): (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

const nameOf = (path: Path): string =>
  path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name === '' ? part : `${name}.${part}`;
  }, '') || 'the file';

/** A value's line can be below that of its key, which is where the eye looks. */
function keyOffset(parent: unknown, key: string | number | undefined): number | undefined {
  if (!isMap(parent)) return undefined;
  return offsetOf(parent.items.find((pair) => String(pair.key) === String(key))?.key);
}

const offsetOf = (node: unknown): number | undefined =>
  (node as { range?: readonly [number, number, number] | null } | undefined)?.range?.[0];
