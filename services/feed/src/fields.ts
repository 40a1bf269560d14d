import Type from 'typebox';

/** What the schemas of several answers are made of. */
export const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const Instant = Type.String({ description: 'ISO 8601, UTC, milliseconds' });
export const CategoryName = Type.Union([Type.Literal('hoax'), Type.Literal('hate'), Type.Literal('bullying')]);
