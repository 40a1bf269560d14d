import Type from 'typebox';

/** Names of sources and platforms: they become metric labels, log fields and parts of post ids. */
export const Name = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,62}$' });
export const Platform = Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,62}$' });
export const WebUrl = Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 2048 });

/** An entry of the registry; a field that no source knows is a slip of the pen, not an extension. */
export function entryOf<K extends string, P extends Type.TProperties>(kind: K, fields: P) {
  return Type.Object({ name: Name, kind: Type.Literal(kind), ...fields }, { additionalProperties: false });
}
