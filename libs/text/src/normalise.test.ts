import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GOLDEN } from './golden.js';
import { MAX_INPUT, MAX_OUTPUT, normalise } from './normalise.js';
import { slangPairs } from './slang.js';
import { SPECIAL_TOKENS } from './special-tokens.js';

describe('normalise', () => {
  test.each(GOLDEN)('%j -> %j', (input, expected) => {
    expect(normalise(input)).toBe(expected);
  });

  /** Strings that look like posts and attacks on filters, not only random code points. */
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.constantFrom(
      ...SPECIAL_TOKENS,
      'USER',
      'URL',
      'a',
      'b',
      'c2',
      'anak2',
      '4njing',
      'b@bi',
      'hahaha',
      'yg',
      'g',
      'https://x',
      'ab.com',
      '@',
      '#A_b',
      '!',
      '?!',
      '\\x',
      '&amp;',
      'ooo',
      '😂',
      '*',
      'a*b',
      'b**i*',
      "'",
      'İ',
      'ß',
      'ﷺ',
      '\u0301',
    ),
    fc.constantFrom(' ', '  ', '\n', '\u200b', '.', '-', '_'),
  );
  const post = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

  test('is idempotent, bounded and total', () => {
    fc.assert(
      fc.property(post, (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
        expect(once.length).toBeLessThanOrEqual(MAX_OUTPUT);
        expect(once).toBe(once.trim());
      }),
      { numRuns: 5000 },
    );
  });

  test('a long hostile text is cut before it costs anything', () => {
    for (const unit of [
      'a',
      '4',
      'a.',
      '@',
      '#',
      '<',
      '&',
      '\\x',
      'a@',
      'www.',
      'ab.com',
      'a1',
      '\u0301',
      'ﷺ',
      '!',
      "a'",
      '\ud800',
      '𝐛 ',
    ]) {
      const text = unit.repeat(200_000);
      const out = normalise(text);
      expect(out.length).toBeLessThanOrEqual(MAX_OUTPUT);
      expect(normalise(out)).toBe(out);
    }
    expect(normalise('kata '.repeat(10_000)).length).toBeLessThanOrEqual(MAX_INPUT);
  });

  test('spelling attacks on an insult all end at the same word', () => {
    const attacks = [
      'goblok',
      'GOBLOK',
      'gobloook',
      'g0blok',
      'g o b l o k',
      'g.o.b.l.o.k',
      'gob\u200blok',
      'ɡоblок',
      '𝗴𝗼𝗯𝗹𝗼𝗸',
      'g\u0333o\u0333b\u0333l\u0333o\u0333k',
      'gblk',
      'goblokkk',
    ];
    for (const attack of attacks) expect(normalise(attack)).toBe('goblok');
  });

  test('negation survives', () => {
    expect(normalise('Bukan dia, tidak, gak, jgn')).toBe('bukan dia tidak tidak jangan');
  });

  test('the slang table maps to words that normalise to themselves', () => {
    for (const [spelling, word] of slangPairs()) {
      expect(normalise(word)).toBe(word);
      expect(normalise(spelling)).toBe(word);
    }
  });
});
