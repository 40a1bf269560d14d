import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gramsOf, numbersOf, overlap, stemsOf } from './claim-text.js';
import { normalisedTokens } from './normalise.js';
import { stem } from './stem.js';

describe('stems', () => {
  it.each([
    ['memberlakukannya', 'diberlakukan'],
    ['menyebarkan', 'disebarkan'],
    ['memukul', 'dipukul'],
    ['pembakaran', 'membakar'],
    ['melarang', 'dilarang'],
  ])('%s and %s share one', (a, b) => expect(stem(a)).toBe(stem(b)));

  it.each(['makan', 'besok', 'ikan', 'jalan', 'air', 'di'])('%s is left whole', (word) =>
    expect(stem(word)).toBe(word),
  );

  it('leave out what is no word, and never fail', () => {
    expect(stemsOf(normalisedTokens('Cek http://contoh.invalid 2 kali!!! 🙏'))).toEqual(['cek', 'kali']);
    fc.assert(fc.property(fc.string(), (text) => stemsOf(normalisedTokens(text)).every((one) => one !== '')));
  });
});

describe('numbers', () => {
  it('are the same whatever separates their digits', () => {
    expect(numbersOf('Rp1.500.000, atau 1500000')).toEqual(new Set(['1500000']));
  });
});

describe('the overlap of grams', () => {
  it('is 1 for a word with itself, less for one like it and 0 for a stranger', () => {
    expect(overlap(gramsOf('korupsi'), gramsOf('korupsi'))).toBe(1);
    const like = overlap(gramsOf('korupsi'), gramsOf('koruptor'));
    expect(like).toBeGreaterThan(0.3);
    expect(like).toBeLessThan(1);
    expect(overlap(gramsOf('korupsi'), gramsOf('banjir'))).toBe(0);
  });
});
