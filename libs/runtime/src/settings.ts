import type { Static, TObject, TProperties } from 'typebox';
import { Value } from 'typebox/value';
import { SettingsError } from './errors.js';

/**
 * Checks the environment against a schema whose property names are the variables' names. Numbers and booleans are
 * read from their text form, defaults come from the schema, an empty variable counts as unset.
 *
 * @throws SettingsError listing every fault at once, with the variable's description as the remedy
 */
export function readSettings<P extends TProperties>(
  schema: TObject<P>,
  env: Readonly<Record<string, string | undefined>>,
): Static<TObject<P>> {
  const raw: Record<string, string> = {};
  for (const name of Object.keys(schema.properties)) {
    const value = env[name];
    if (value !== undefined && value !== '') raw[name] = value;
  }
  const settings = Value.Default(schema, Value.Convert(schema, raw)) as Record<string, unknown>;
  const required = new Set<string>((schema.required ?? []) as readonly string[]);
  const faults = Object.entries(schema.properties).flatMap(([name, property]) => {
    const { description } = property as { description?: string };
    const hint = description ? ` (${description})` : '';
    if (!(name in settings)) return required.has(name) ? [`${name} is not set${hint}`] : [];
    const [error] = Value.Errors(property, settings[name]);
    return error ? [`${name} ${error.message}${hint}`] : [];
  });
  if (faults.length > 0) throw new SettingsError(faults);
  return settings as Static<TObject<P>>;
}
