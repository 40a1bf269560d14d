import { describe, expect, it } from '@jest/globals';
import { queryOfWords } from './likely-campaigns.js';

describe('the words that likely campaigns are looked for by', () => {
  it('are the longest, each once', () => {
    expect(queryOfWords('Air keran Sukamaju beracun, air KERAN itu beracun!')).toBe('sukamaju or beracun or keran');
  });

  it('never make a longer query than the API takes, nor one that means something else', () => {
    const words = Array.from({ length: 50 }, (_none, i) => `${'panjang'.repeat(5)}${i}`);
    expect(queryOfWords(words.join(' ')).length).toBeLessThanOrEqual(200);
    expect(queryOfWords('"tanda kutip" -tanpa <script>')).toBe('script or tanda or kutip or tanpa');
  });

  it('may be none', () => {
    expect(queryOfWords('a b c !!! 👀')).toBe('');
  });
});
