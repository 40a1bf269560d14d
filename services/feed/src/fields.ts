import Type from 'typebox';

/** What the schemas of several answers are made of. */
export const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const Instant = Type.String({ format: 'date-time', description: 'ISO 8601, UTC, milliseconds' });
export const CategoryName = Type.Union([Type.Literal('hoax'), Type.Literal('hate'), Type.Literal('bullying')]);

export const PlatformName = Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,62}$' });

/** Names one of what a path is about, such as `the notice`. */
export const PathId = (what: string) =>
  Type.String({ format: 'uuid', description: `of ${what}`, examples: ['0b5e0d52-6f2c-4b53-9d55-5f4ed1cbf2f5'] });

/** Marks that turn a line around or hide in it. */
const INVISIBLE = '\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff';

const CONTROLS = '\\u0000-\\u001f\\u007f-\\u009f';
/** A line that says something: a reason needs no control character, and PostgreSQL's text cannot hold U+0000. */
export const Line = (maxLength: number) => lineWithout(CONTROLS, maxLength);
/** What something or somebody is called, as a person can read it on one line. */
export const Name = (maxLength: number) => lineWithout(CONTROLS + INVISIBLE, maxLength);

const lineWithout = (unwanted: string, maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: `^[^${unwanted}]*[^${unwanted}\\s][^${unwanted}]*$` });
