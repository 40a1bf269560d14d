import fc from 'fast-check';
import { aPost } from '@siaga/testkit';

/** Values that have broken parsers, normalisers and databases before. */
const AWKWARD_TEXTS = [
  '',
  ' \u00a0\u2003\u200b',
  '\ud83d',
  '\udc00\ud800',
  'a\0b',
  '\u202eterbalik\u202c',
  'Z̗̺͚͍̰̩͉̀̉̎͠A̴͓̻L̸̛G̶͝O'.repeat(200),
  '１２３ ﷽ ǆ ŉ ß İ ſ',
  'goblok'.repeat(3_000),
  'g o b l o k '.repeat(1_500),
  '(((((((((('.repeat(1_900),
  'ha'.repeat(9_999),
  '@a '.repeat(6_000),
  'http://x.invalid/' + 'a'.repeat(15_000),
  '</script><script>alert(1)</script>',
  "'; drop table flags; --",
  '=HYPERLINK("http://x.invalid")',
  '🏳️‍🌈'.repeat(2_000),
];

const jsonOf = (value: unknown) => Buffer.from(JSON.stringify(value));
const replaced = (name: string, value: string) =>
  Buffer.from(JSON.stringify({ ...aPost(), [name]: '?' }).replace('"?"', value));

/** A message's bytes: random, malformed in known ways, or a valid post with an awkward text. */
const hostileValue: fc.Arbitrary<Buffer | null> = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }).map((text) => jsonOf(aPost({ text }))) },
  { weight: 3, arbitrary: fc.constantFrom(...AWKWARD_TEXTS).map((text) => jsonOf(aPost({ text }))) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 2, arbitrary: fc.json({ maxDepth: 6 }).map((json) => Buffer.from(json)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...Object.keys(aPost())),
        fc.constantFrom('1e999', '-0', '[]', '{"a":{}}', 'null', '""', '"\\ud800"'),
      )
      .map(([name, value]) => replaced(name, value)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Buffer | null>(
      null,
      Buffer.alloc(0),
      Buffer.from('['.repeat(50_000)),
      Buffer.from('{"a":'.repeat(20_000)),
      Buffer.from('{"__proto__":{"schemaVersion":1},"constructor":{"prototype":{"x":1}}}'),
      jsonOf({ ...aPost(), schemaVersion: 99 }),
      jsonOf({ ...aPost(), createdAt: '9999-99-99T99:99:99.999Z' }),
      jsonOf({ ...aPost(), createdAt: '2026-02-31T00:00:00.000Z' }),
    ),
  },
);

/** @returns the same messages for the same seed, each under a key of its own */
export function hostileMessages(count: number, seed: number): { key: string; value: Buffer | null }[] {
  const values = fc.sample(hostileValue, { numRuns: count, seed });
  const large = Array.from({ length: Math.ceil(count / 5_000) }, () => jsonOf(aPost({ text: 'a'.repeat(1_000_000) })));
  return [...values, ...large].map((value, i) => ({ key: `hostile-${i}`, value }));
}
