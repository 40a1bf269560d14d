import { readFileSync } from 'node:fs';
import { SettingsError } from './errors.js';

export interface Secrets {
  /** @throws SettingsError when there is no secret of that name */
  get(name: string): string;
}

/**
 * Secrets live apart from settings, in a JSON file of names and strings (a mounted Secret in a cluster), and are
 * referred to by name everywhere else.
 *
 * @throws SettingsError when the file cannot be read or is not an object of strings
 */
export function readSecrets(file: string): Secrets {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is not JSON' : (error as Error).message;
    throw new SettingsError([`secrets file ${file} cannot be read: ${why}`]);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new SettingsError([`secrets file ${file} must hold one JSON object of names and strings`]);
  }
  const secrets = new Map(Object.entries(content));
  return {
    get(name) {
      const value: unknown = secrets.get(name);
      if (typeof value !== 'string' || value === '') {
        throw new SettingsError([`secret "${name}" is not in ${file}`]);
      }
      return value;
    },
  };
}
