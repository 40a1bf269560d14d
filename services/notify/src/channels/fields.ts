import type { Secrets } from '@siaga/runtime';
import Type, { type Static } from 'typebox';

export const WebUrl = Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 2048 });

/** Names of keys in the secrets file: several while they are being changed. */
export const KeyNames = Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1, maxItems: 4 })]);

/** @throws SettingsError when one is missing */
export const keysOf = (names: Static<typeof KeyNames>, secrets: Secrets): string[] =>
  [names].flat().map((name) => secrets.get(name));

/** A way to a platform in the policy; a field that no channel knows is a slip of the pen. */
export function entryOf<K extends string, P extends Type.TProperties>(kind: K, fields: P) {
  return Type.Object({ kind: Type.Literal(kind), ...fields }, { additionalProperties: false });
}
