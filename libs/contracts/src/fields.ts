import Type from 'typebox';

/** Longest text of a post, in UTF-16 code units. A longer one is refused at the edge, never cut. */
export const TEXT_MAX = 20_000;

/**
 * Instants travel as ISO 8601 in UTC with milliseconds, the form of `Date.prototype.toISOString`, and are days that
 * exist: PostgreSQL refuses 31 February, where JavaScript takes it for 3 March.
 */
export const Instant = Type.Refine(
  Type.String({
    pattern:
      '^(19[7-9][0-9]|2[0-9]{3})-(0[1-9]|1[0-2])-[0-3][0-9]T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}Z$',
  }),
  dayExists,
  () => 'must be a day that exists',
);

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Every event has several instants: digits by hand take a tenth of the time that `Date` takes. */
function dayExists(instant: string): boolean {
  const digits = (start: number) => (instant.charCodeAt(start) - 48) * 10 + instant.charCodeAt(start + 1) - 48;
  const [month, day] = [digits(5), digits(8)];
  if (month === 2 && day === 29) return isLeapYear(digits(0) * 100 + digits(2));
  return day >= 1 && day <= (DAYS[month - 1] ?? 0);
}

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

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
