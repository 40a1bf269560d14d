/** @jest-environment <rootDir>/models/jest-environment-tf.cjs */
import { CATEGORIES } from '@siaga/contracts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadBackend } from './backend.js';
import { ACTIVE_MODEL_DIR, loadScorer } from './load.js';
import type { Scorer } from './scorer.js';

const nativeWorks = await loadBackend('native').then(
  () => true,
  () => false,
);
// Without the binding there is nothing to compare, except in CI, where its absence is the fault.
const needsNative = nativeWorks || process.env['CI'] ? test : test.skip;
const NOTE = nativeWorks ? '' : ' (skipped: the native TF.js binding is not installed; npm run native)';

const TEXTS = [
  'Selamat pagi, semoga harimu menyenangkan!',
  'dasar g o b l o k, muka kayak kingkong, jelek banget lu',
  'SEBARKAN!!! Vaksin ini mengandung chip, jangan mau disuntik, sebarkan sebelum dihapus',
  'usir semua orang itu dari negeri ini, mereka binatang',
  'Saya tidak setuju dengan kebijakan menteri soal harga beras.',
  '',
  '\u0000\ud800 😂',
  'a '.repeat(3000),
  ...Array.from({ length: 300 }, (_, i) => `pesan ke ${i} tentang ${'kopi'.repeat(i % 7)} dan cuaca`),
];

describe('native and WASM', () => {
  let wasm: Scorer;
  let native: Scorer | undefined;
  beforeAll(async () => {
    wasm = await loadScorer(ACTIVE_MODEL_DIR, { backend: 'wasm' });
    native = nativeWorks ? await loadScorer(ACTIVE_MODEL_DIR, { backend: 'native' }) : undefined;
  });
  afterAll(() => {
    wasm.dispose();
    native?.dispose();
  });

  test('WASM scores every text, with probabilities', () => {
    const scored = wasm.score(TEXTS);
    expect(scored).toHaveLength(TEXTS.length);
    for (const { scores } of scored) {
      for (const category of CATEGORIES) {
        expect(scores[category]).toBeGreaterThanOrEqual(0);
        expect(scores[category]).toBeLessThanOrEqual(1);
      }
    }
  });

  needsNative(`both give the same scores to 1e-4${NOTE}`, () => {
    const ours = native?.score(TEXTS) ?? [];
    const theirs = wasm.score(TEXTS);
    expect(ours).toHaveLength(TEXTS.length);
    ours.forEach(({ scores, labels }, i) => {
      for (const category of CATEGORIES) expect(scores[category]).toBeCloseTo(theirs[i]?.scores[category] ?? NaN, 4);
      for (const [label, p] of Object.entries(labels ?? {}))
        expect(p).toBeCloseTo(theirs[i]?.labels?.[label] ?? NaN, 4);
    });
  });

  needsNative(`'auto' takes native${NOTE}`, async () => {
    const scorer = await loadScorer(ACTIVE_MODEL_DIR);
    expect(scorer.backend).toBe('native');
    scorer.dispose();
  });

  test('the category scores without TF.js are those of TF.js to 1e-5', () => {
    const fast = wasm.categories(TEXTS);
    const record = (native ?? wasm).score(TEXTS);
    expect(fast).toHaveLength(TEXTS.length);
    fast.forEach((scores, i) => {
      for (const category of CATEGORIES) {
        expect(Math.abs(scores[category] - (record[i]?.scores[category] ?? NaN))).toBeLessThan(1e-5);
      }
    });
  });

  test('the sub-labels without TF.js are those of TF.js to 1e-5', () => {
    const record = (native ?? wasm).score(TEXTS);
    wasm.labels(TEXTS).forEach((labels, i) => {
      const theirs = record[i]?.labels ?? {};
      expect(Object.keys(labels)).toEqual(Object.keys(theirs));
      for (const [label, p] of Object.entries(labels)) {
        expect(Math.abs(p - (theirs[label] ?? NaN))).toBeLessThan(1e-5);
      }
    });
  });

  test('scoring leaves no tensors behind', async () => {
    const { tf } = await loadBackend('wasm');
    wasm.score(TEXTS);
    const before = tf.memory().numTensors;
    for (let i = 0; i < 5; i++) wasm.score(TEXTS);
    expect(tf.memory().numTensors).toBe(before);
  });
});
