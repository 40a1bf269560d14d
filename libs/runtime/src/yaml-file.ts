import { readFileSync } from 'node:fs';
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { SettingsError } from './errors.js';

const FAULTS_SHOWN = 20;

/**
 * Reads a YAML (or JSON) file of settings and checks it; defaults come from the schema.
 *
 * @throws SettingsError listing every fault with its path inside the file
 */
export function readYamlFile<S extends TSchema>(file: string, schema: S): Static<S> {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'), { maxAliasCount: 50 });
  } catch (error) {
    throw new SettingsError([`${file} cannot be read: ${(error as Error).message}`]);
  }
  const value = Value.Default(schema, content);
  const faults = Value.Errors(schema, value).map((error) => `${file}: ${error.instancePath || '/'} ${error.message}`);
  if (faults.length > 0) throw new SettingsError(faults.slice(0, FAULTS_SHOWN));
  return value as Static<S>;
}
