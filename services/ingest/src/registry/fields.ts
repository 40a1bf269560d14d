import Type from 'typebox';

/** Names of sources and platforms: they become metric labels, log fields and parts of post ids. */
export const Name = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,62}$' });
export const Platform = Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,62}$' });
export const WebUrl = Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 2048 });
/** Requests per second to the host of the address; a host gets the lowest that any of its sources names. */
export const Rate = Type.Number({ minimum: 0.001, maximum: 100 });
/** A primary subtag of BCP 47, for what does not say its language itself. */
export const Language = Type.String({ pattern: '^[a-z]{2,3}$' });

/** How long the source may bring nothing before somebody is told; where it is not named, by its kind. */
const QuietSeconds = Type.Integer({ minimum: 10, maximum: 31_536_000 });

/** An entry of the registry; a field that no source knows is a slip of the pen, not an extension. */
export function entryOf<K extends string, P extends Type.TProperties>(kind: K, fields: P) {
  return Type.Object(
    { name: Name, kind: Type.Literal(kind), quietSeconds: Type.Optional(QuietSeconds), ...fields },
    { additionalProperties: false },
  );
}
