import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bandsOf, signatureOf, similarity } from './near-duplicates.js';

const shingles = (text: string) =>
  new Set(Array.from({ length: Math.max(1, text.length - 4) }, (_, start) => text.slice(start, start + 5)));

function jaccard(a: string, b: string): number {
  const [left, right] = [shingles(a), shingles(b)];
  const both = [...left].filter((shingle) => right.has(shingle)).length;
  return both / (left.size + right.size - both);
}

const sharesBand = (a: string, b: string) => {
  const [left, right] = [bandsOf(signatureOf(a)), bandsOf(signatureOf(b))];
  return left.some((hash, band) => hash === right[band]);
};

const RUMOUR =
  'mulai besok semua atm ditutup tiga hari segera tarik uang kalian sebelum terlambat sebarkan ke keluarga';

describe('near-duplicates', () => {
  it('estimates the Jaccard similarity of the shingles', () => {
    const word = fc.constantFrom('atm', 'ditutup', 'besok', 'uang', 'segera', 'bank', 'kota', 'warga', 'libur');
    const sentence = fc.array(word, { minLength: 5, maxLength: 30 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(sentence, sentence, (a, b) => {
        expect(Math.abs(similarity(signatureOf(a), signatureOf(b)) - jaccard(a, b))).toBeLessThan(0.25);
      }),
    );
  });

  it('joins copies with small edits', () => {
    for (const copy of [`info penting ${RUMOUR}`, RUMOUR.replace('tiga', 'empat'), RUMOUR.replace('segera ', '')]) {
      expect(similarity(signatureOf(RUMOUR), signatureOf(copy))).toBeGreaterThan(0.6);
      expect(sharesBand(RUMOUR, copy)).toBe(true);
    }
  });

  it('keeps another rumour about the same thing apart', () => {
    const other = 'atm palsu dipasang di minimarket hati hati kartu kalian bisa disalin dan uang dikuras habis';
    expect(similarity(signatureOf(RUMOUR), signatureOf(other))).toBeLessThan(0.3);
  });

  it('takes any text, the empty one too', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void expect(signatureOf(text)).toHaveLength(128)));
    expect(similarity(signatureOf(''), signatureOf(''))).toBe(1);
  });

  it('refuses signatures of other lengths', () => {
    expect(() => similarity([1], [1, 2])).toThrow(RangeError);
  });
});
