import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { highlightsOf } from './highlights.js';

const reasons = (...tokens: string[]) => tokens.map((token) => ({ kind: 'token' as const, token, weight: 2 }));
const marked = (text: string, ...tokens: string[]) =>
  highlightsOf(text, reasons(...tokens)).map(({ start, end }) => text.slice(start, end));

describe('highlightsOf', () => {
  it('finds a word however it is spelt', () => {
    expect(marked('Dasar G0BL0K, gobloook! "goblok"', 'goblok')).toEqual(['G0BL0K', 'gobloook', 'goblok']);
  });

  it('marks nothing that did not weigh', () => {
    expect(marked('selamat pagi semuanya', 'goblok')).toEqual([]);
  });

  it('takes the stronger of two reasons in one word', () => {
    const [found] = highlightsOf('kata', [
      { kind: 'token', token: 'kata', weight: -3 },
      { kind: 'token', token: 'lain', weight: 1 },
    ]);
    expect(found?.weight).toBe(-3);
  });

  it('stays inside any text, in order and without overlaps', () => {
    const word = fc.oneof(
      fc.constantFrom('goblok', 'g0blok', '<script>', '\u202egoblok', '😀', 'a\u0301\u0301'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const text = words.join(' ');
        let from = 0;
        for (const { start, end } of highlightsOf(text, reasons('goblok', 'a', '😀'))) {
          expect(start).toBeGreaterThanOrEqual(from);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          from = end;
        }
      }),
    );
  });

  it('ends soon for a hostile text', () => {
    // Anything worse than linear would outlast the test's time limit.
    for (const text of ['.', 'a!', '! ', '\u0301'].map((unit) => unit.repeat(200_000))) {
      expect(highlightsOf(text, reasons('goblok'))).toEqual([]);
    }
  });
});
