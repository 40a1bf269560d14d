import Type from 'typebox';

/** Longest text of a post, in UTF-16 code units. A longer one is refused at the edge, never cut. */
export const TEXT_MAX = 20_000;

/**
 * Instants travel as ISO 8601 in UTC with milliseconds, the form of `Date.prototype.toISOString`, and are days that
 * exist: PostgreSQL refuses 31 February, where JavaScript takes it for 3 March.
 */
export const Instant = Type.Refine(
  Type.String({ pattern: '^(19[7-9][0-9]|2[0-9]{3})-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$' }),
  (value) => {
    const time = Date.parse(value);
    return Number.isFinite(time) && new Date(time).toISOString() === value;
  },
  () => 'must be an instant that exists',
);

/** Identifiers hold no blanks and no control characters: they become keys, URLs and metric-free log fields. */
export const Id = Type.String({ minLength: 1, maxLength: 512, pattern: '^[\\x21-\\x7e\\u00a1-\\uffff]+$' });

export const Probability = Type.Number({ minimum: 0, maximum: 1 });

export const Url = Type.String({ maxLength: 2048, pattern: '^https?://[^\\s]+$' });

export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** One number per category. */
export const Scores = Type.Object({ hoax: Probability, hate: Probability, bullying: Probability });

export const CategoryName = Type.Union([Type.Literal('hoax'), Type.Literal('hate'), Type.Literal('bullying')]);

export const ModelRef = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  version: Type.String({ minLength: 1, maxLength: 100 }),
});
