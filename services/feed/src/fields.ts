import Type from 'typebox';

/** What the schemas of several answers are made of. */
export const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const Instant = Type.String({ format: 'date-time', description: 'ISO 8601, UTC, milliseconds' });
export const CategoryName = Type.Union([Type.Literal('hoax'), Type.Literal('hate'), Type.Literal('bullying')]);

/** Names one of what a path is about, such as `the notice`. */
export const PathId = (what: string) =>
  Type.String({ format: 'uuid', description: `of ${what}`, examples: ['0b5e0d52-6f2c-4b53-9d55-5f4ed1cbf2f5'] });

const CONTROLS = '\\u0000-\\u001f\\u007f-\\u009f';
/** A line that says something: a reason needs no control character, and PostgreSQL's text cannot hold U+0000. */
export const Line = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: `^[^${CONTROLS}]*[^${CONTROLS}\\s][^${CONTROLS}]*$` });
