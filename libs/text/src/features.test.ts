import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createFeatureExtractor, type FeatureSpec } from './features.js';
import { TEXT_FINGERPRINT } from './fingerprint.js';
import { normalise } from './normalise.js';

const SPEC: FeatureSpec = { bits: 16, words: 2, characters: [2, 4], limit: 100 };

describe('feature extraction', () => {
  test('words and characters are separate segments, word ids distinct within one, all inside the table', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 8 }), (texts) => {
        const { ids, segments } = createFeatureExtractor(SPEC).extract(texts.map(normalise));
        const seen = new Set<string>();
        ids.forEach((id, k) => {
          expect(id).toBeGreaterThan(0);
          expect(id).toBeLessThan(2 ** SPEC.bits);
          const segment = segments[k] ?? -1;
          expect(segment).toBeGreaterThanOrEqual(0);
          expect(segment).toBeLessThan(2 * texts.length);
          if (k > 0) expect(segment).toBeGreaterThanOrEqual(segments[k - 1] ?? 0);
          if (segment % 2 === 1) return;
          expect(seen.has(`${segment}/${id}`)).toBe(false);
          seen.add(`${segment}/${id}`);
        });
      }),
    );
  });

  test('a word brings the same character n-grams wherever it stands, and once', () => {
    const { ids, segments } = createFeatureExtractor(SPEC).extract(['kopi', 'kopi kopi', 'teh', 'teh kopi']);
    const charactersOf = (row: number) => [...ids].filter((_, k) => segments[k] === 2 * row + 1);
    expect(charactersOf(1)).toEqual(charactersOf(0));
    expect(charactersOf(3)).toEqual([...charactersOf(2), ...charactersOf(0)]);
  });

  test('a batch gives each text what it gets alone', () => {
    const extractor = createFeatureExtractor(SPEC);
    const texts = ['selamat pagi', '', 'kopi enak sekali', 'pagi selamat'];
    const { ids, segments } = extractor.extract(texts);
    const together = texts.map((_, row) => [...ids].filter((_, k) => (segments[k] ?? 0) >> 1 === row));
    expect(texts.map((text) => [...extractor.extract([text]).ids])).toEqual(together);
  });

  test('a trace has the same ids in the same order, each under the first token that brings it', () => {
    const extractor = createFeatureExtractor({ ...SPEC, limit: 1000 });
    const text = 'tidak semua orang tidak suka kopi';
    const ids = [...extractor.extract([text]).ids];
    const { tokens, features } = extractor.trace(text);
    expect(tokens).toEqual(text.split(' '));
    expect(features.map(({ id }) => id)).toEqual(ids);
    const again = features.filter(({ group, first }) => group === 'words' && first === 3);
    expect(again.map(({ last }) => last)).toEqual([4]); // the second "tidak" brings only its pair with "suka"
  });

  test('a text of a thousand distinct words is cut near the limit', () => {
    const text = Array.from(
      { length: 1000 },
      (_, i) => `k${String.fromCharCode(97 + (i % 26), 97 + ((i / 26) % 26), 97 + i / 676)}`,
    ).join(' ');
    const { ids } = createFeatureExtractor(SPEC).extract([text]);
    expect(ids.length).toBeLessThan(2 * (SPEC.limit + 40));
  });

  test('the fingerprint is a SHA-256 and does not depend on when it is computed', () => {
    expect(TEXT_FINGERPRINT).toMatch(/^[0-9a-f]{64}$/);
  });
});
