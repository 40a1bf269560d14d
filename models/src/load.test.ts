/** @jest-environment <rootDir>/models/jest-environment-tf.cjs */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CATEGORIES } from '@siaga/contracts';
import { ACTIVE_MODEL_DIR, loadScorer } from './load.js';
import type { Manifest } from './manifest.js';
import type { Scorer } from './scorer.js';

describe('the committed model', () => {
  let scorer: Scorer;
  beforeAll(async () => {
    scorer = await loadScorer(ACTIVE_MODEL_DIR, { backend: 'wasm' });
  });
  afterAll(() => scorer.dispose());

  test('has thresholds in order for every category', () => {
    for (const category of CATEGORIES) {
      const { flag, escalate } = scorer.thresholds[category];
      expect(flag).toBeGreaterThan(0);
      expect(escalate).toBeGreaterThanOrEqual(flag);
      expect(escalate).toBeLessThan(1);
    }
  });

  test('tells an attack from a greeting', () => {
    const [attack, insult, greeting] = scorer.score([
      'usir cina kafir dari negeri ini, dasar anjing babi semua',
      'jelek banget mukanya kayak babi, gendut, najis liatnya',
      'selamat pagi, semoga hari ini menyenangkan untuk kita semua',
    ]);
    expect(attack?.scores.hate).toBeGreaterThan(0.7);
    expect(insult?.scores.bullying).toBeGreaterThan(0.7);
    expect(greeting?.scores.hate).toBeLessThan(0.2);
    expect(greeting?.scores.bullying).toBeLessThan(0.2);
  });

  test('does not take the naming of a group for an attack', () => {
    const texts = [
      ...['perempuan', 'orang papua', 'pengungsi', 'waria', 'orang jawa', 'tunanetra', 'janda anak dua', 'laki laki'],
      ...[
        'umat islam salat idulfitri',
        'orang jawa makan gudeg',
        'ibu ibu arisan',
        'lowongan untuk perempuan usia 20 tahun',
      ],
      ...['orang miskin dapat bantuan', 'pengungsi rohingya tiba di pantai', 'santri pulang kampung'],
    ];
    const taken = texts.filter(
      (_, i) => (scorer.score(texts)[i]?.labels?.['attack'] ?? 1) >= scorer.thresholds.hate.flag,
    );
    expect(taken).toEqual([]);
  });

  test('a batch of many gives each text what it gets alone', () => {
    const texts = Array.from(
      { length: 600 },
      (_, i) => `kalimat nomor ${i} ${i % 3 === 0 ? 'dasar bodoh' : 'enak sekali'}`,
    );
    const together = scorer.score(texts);
    for (const i of [0, 255, 256, 599]) {
      expect(together[i]?.scores.bullying).toBeCloseTo(scorer.score([texts[i] ?? ''])[0]?.scores.bullying ?? NaN, 5);
    }
    expect(scorer.score([])).toEqual([]);
  });

  test.each([
    { category: 'bullying', head: 'bullying', text: 'pagi pagi sudah goblok kamu', strongest: 'goblok' },
    { category: 'hate', head: 'attack', text: 'usir semua orang karawita dari kampung kita', strongest: 'usir' },
  ] as const)(
    'an explanation of $category by the head $head names the word, and adds up to the score',
    async ({ category, head, text, strongest }) => {
      const manifest = JSON.parse(await readFile(join(ACTIVE_MODEL_DIR, 'manifest.json'), 'utf8')) as Manifest;
      const weights = scorer.explain(text, category, 100);
      expect(weights.slice(0, 3).map(({ token }) => token)).toContain(strongest);
      const { slope = 1, offset = 0 } = manifest.calibration[head] ?? {};
      const bias = manifest.bias[manifest.heads.indexOf(head)] ?? 0;
      const logit = weights.reduce((sum, { weight }) => sum + weight, 0) + slope * bias + offset;
      expect(1 / (1 + Math.exp(-logit))).toBeCloseTo(scorer.score([text])[0]?.scores[category] ?? NaN, 4);
    },
  );
});

describe('loading refuses', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'siaga-model-'));
    await cp(ACTIVE_MODEL_DIR, dir, { recursive: true });
  });
  afterAll(() => rm(dir, { recursive: true }));

  const withManifest = async (change: (manifest: Manifest) => unknown): Promise<void> => {
    const manifest = JSON.parse(await readFile(join(ACTIVE_MODEL_DIR, 'manifest.json'), 'utf8')) as Manifest;
    await writeFile(join(dir, 'manifest.json'), JSON.stringify(change(manifest)));
  };

  test('a folder without a model', async () => {
    await expect(loadScorer(join(dir, 'nothing'))).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });
  test('a model of another text stage', async () => {
    await withManifest((manifest) => ({ ...manifest, textFingerprint: 'f'.repeat(64) }));
    await expect(loadScorer(dir)).rejects.toMatchObject({ code: 'MODEL_MISMATCH' });
  });
  test('weights that are not the manifest’s', async () => {
    await withManifest((manifest) => ({ ...manifest, weights: { ...manifest.weights, sha256: '0'.repeat(64) } }));
    await expect(loadScorer(dir)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
  });
  test('a manifest of another format', async () => {
    await withManifest((manifest) => ({ ...manifest, format: 2 }));
    await expect(loadScorer(dir)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
  });
});
