import Type from 'typebox';

export const WebUrl = Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 2048 });

/** A way to a platform in the policy; a field that no channel knows is a slip of the pen. */
export function entryOf<K extends string, P extends Type.TProperties>(kind: K, fields: P) {
  return Type.Object({ kind: Type.Literal(kind), ...fields }, { additionalProperties: false });
}
