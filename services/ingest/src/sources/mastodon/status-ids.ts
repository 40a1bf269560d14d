/** How a kind of server makes the ids of its statuses. */
interface Dialect {
  readonly pattern: RegExp;
  /** In milliseconds of the Unix epoch. */
  readonly timeOf: (id: string) => number;
  /** @returns the lowest id of that time */
  readonly idAt: (time: number) => string;
}

const DIGITS_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Crockford's. */
const DIGITS_32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Mastodon: milliseconds and 16 more bits. */
const SNOWFLAKE: Dialect = {
  pattern: /^\d{17,19}$/,
  timeOf: (id) => Number(BigInt(id) >> 16n),
  idAt: (time) => String(BigInt(time) << 16n),
};
/** GoToSocial: ten digits of milliseconds and sixteen of chance (github.com/ulid/spec). */
const ULID: Dialect = {
  pattern: /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/,
  timeOf: (id) => Number(valueOf(id.slice(0, 10), DIGITS_32)),
  idAt: (time) => written(BigInt(time), DIGITS_32).padStart(10, '0') + '0'.repeat(16),
};
/** Pleroma and Akkoma: 64 bits of milliseconds, 48 of the machine and 16 of a counter. */
const FLAKE: Dialect = {
  pattern: /^[0-9A-Za-z]{18}$/,
  timeOf: (id) => Number(valueOf(id, DIGITS_62) >> 64n),
  idAt: (time) => written(BigInt(time) << 64n, DIGITS_62).padStart(18, '0'),
};
const DIALECTS = [SNOWFLAKE, ULID, FLAKE] as const;
const dialectOf = (id: string): Dialect | undefined => DIALECTS.find(({ pattern }) => pattern.test(id));

/** Ids grow with time: numbers or letters in the order of ASCII, the longer one is the greater. */
export const isLater = (id: string, than: string): boolean =>
  id.length === than.length ? id > than : id.length > than.length;

/** @returns the id that stands for that much earlier; the id itself where it does not tell its time */
export function earlier(id: string, byMs: number): string {
  const dialect = dialectOf(id);
  return dialect ? dialect.idAt(Math.max(0, dialect.timeOf(id) - byMs)) : id;
}

/**
 * @param like any id of the same server
 * @returns the id that stands for a moment there, undefined where ids do not tell their time
 */
export const idAt = (time: number, like: string): string | undefined => dialectOf(like)?.idAt(time);

function valueOf(text: string, digits: string): bigint {
  return Array.from(text).reduce((value, digit) => value * BigInt(digits.length) + BigInt(digits.indexOf(digit)), 0n);
}

function written(value: bigint, digits: string): string {
  const base = BigInt(digits.length);
  let text = '';
  for (let rest = value; rest > 0n; rest /= base) text = digits.charAt(Number(rest % base)) + text;
  return text;
}
