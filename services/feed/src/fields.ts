import Type from 'typebox';

/** What the schemas of several answers are made of. */
export const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const Instant = Type.String({ format: 'date-time', description: 'ISO 8601, UTC, milliseconds' });
export const CategoryName = Type.Union([Type.Literal('hoax'), Type.Literal('hate'), Type.Literal('bullying')]);

/** Names one of what a path is about, such as `the notice`. */
export const PathId = (what: string) =>
  Type.String({ format: 'uuid', description: `of ${what}`, examples: ['0b5e0d52-6f2c-4b53-9d55-5f4ed1cbf2f5'] });
