import { expect, it } from '@jest/globals';
import { addLanguage, addText, emptyProfile, type Scorer } from '@siaga/models';
import { aPost } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { driftWatch } from './drift.js';
import type { JudgedPost, Judgement } from './judge.js';
import { classifyMetrics } from './metrics.js';

const calm = { hoax: 0.15, hate: 0.05, bullying: 0.05 };
const angry = { hoax: 0.15, hate: 0.95, bullying: 0.05 };

/** Texts of 30 to 129 characters, every tenth of them without a known word. */
const text = (i: number): string => 'a'.repeat(30 + (i % 100));

function aReference() {
  const profile = emptyProfile();
  for (let i = 0; i < 2_000; i++) {
    addText(profile, { scores: calm, length: text(i).length, unknown: i % 10 === 0 ? 1 : 0 });
    addLanguage(profile, 'id');
  }
  return profile;
}

function aScorer(version: string, fields: Partial<Scorer> = {}): Scorer {
  const thresholds = { flag: 0.9, escalate: 0.9 };
  return {
    ...{ name: 'test', version, backend: 'wasm', features: { bits: 1, words: 1, characters: [1, 1], limit: 1 } },
    thresholds: { hoax: thresholds, hate: thresholds, bullying: thresholds },
    score: () => [],
    categories: () => [],
    categoriesOfTokens: () => [],
    unknownShares: (texts) => texts.map((given) => (given.length % 10 === 0 ? 1 : 0)),
    labels: () => [],
    explain: () => [],
    tensors: () => 0,
    dispose: () => undefined,
    ...fields,
  };
}

function judgement(from: number, posts: number, scores = calm, foreign = 0): Judgement {
  const judged = Array.from({ length: posts }, (_none, i): JudgedPost => {
    return { post: aPost({ text: text(from + i) }), textSha256: '', scores, language: 'id', claims: [] };
  });
  const dropped = Array.from({ length: foreign }, () => {
    return { post: aPost(), textSha256: '', reason: 'other-language' as const };
  });
  return { scored: judged, dropped, flags: [], rumours: [], remembered: 0 };
}

function aWatch(window?: number) {
  const registry = new Registry();
  let ms = 0;
  // A second goes by between two looks at the clock.
  const watch = driftWatch(classifyMetrics(registry), { ...(window ? { window } : {}), now: () => (ms += 1_000) });
  const indexes = async (): Promise<Record<string, number>> => {
    const { values } = await registry.getSingleMetric('siaga_classify_drift_psi')!.get();
    return Object.fromEntries(
      values.map(({ value, labels }) => [`${String(labels.model)} ${String(labels.what)}`, value]),
    );
  };
  return { watch, indexes, registry };
}

it('stays near zero on posts of the same kind, and rises in what has changed', async () => {
  const { watch, indexes } = aWatch();
  const scorer = aScorer('v1', { reference: aReference() });
  for (let i = 0; i < 100; i++) watch.observe(judgement(i, 100), scorer);
  const still = await indexes();
  expect(Object.keys(still).sort()).toEqual(
    ['language', 'length', 'score_bullying', 'score_hate', 'score_hoax', 'unknown'].map((what) => `v1 ${what}`),
  );
  for (const index of Object.values(still)) expect(index).toBeLessThan(0.05);

  for (let i = 0; i < 100; i++) watch.observe(judgement(i, 100, angry, 50), scorer);
  const moved = await indexes();
  expect(moved['v1 score_hate']).toBeGreaterThan(0.25);
  expect(moved['v1 language']).toBeGreaterThan(0.25);
  for (const what of ['score_hoax', 'score_bullying', 'length', 'unknown']) {
    expect(moved[`v1 ${what}`]).toBeLessThan(0.05);
  }
});

it('forgets what is long past', async () => {
  const { watch, indexes } = aWatch(500);
  const scorer = aScorer('v1', { reference: aReference() });
  for (let i = 0; i < 10; i++) watch.observe(judgement(i, 100, angry), scorer);
  expect((await indexes())['v1 score_hate']).toBeGreaterThan(0.25);
  for (let i = 0; i < 20; i++) watch.observe(judgement(i, 100), scorer);
  expect((await indexes())['v1 score_hate']).toBeLessThan(0.05);
});

it('says nothing of too few posts, nor without a reference, nor of a model that is gone', async () => {
  const { watch, indexes, registry } = aWatch();
  watch.observe(judgement(0, 150), aScorer('v1', { reference: aReference() }));
  expect(await indexes()).toEqual({});
  for (let i = 0; i < 10; i++) watch.observe(judgement(i, 100), aScorer('v2'));
  expect(await indexes()).toEqual({});
  const v3 = aScorer('v3', { reference: aReference() });
  for (let i = 0; i < 10; i++) watch.observe(judgement(i, 100), v3);
  expect(Object.keys(await indexes()).every((key) => key.startsWith('v3 '))).toBe(true);
  const text = await registry.metrics();
  expect(text).toContain('siaga_classify_text_length_characters_count{model="v3"}');
  expect(text).not.toContain('model="v1"');
});

it('looks at no more than its share of a flood', async () => {
  const registry = new Registry();
  const watch = driftWatch(classifyMetrics(registry), { now: () => 0 });
  let asked = 0;
  const scorer = aScorer('v1', {
    unknownShares: (texts) => {
      asked += texts.length;
      return texts.map(() => 0);
    },
  });
  for (let i = 0; i < 10; i++) watch.observe(judgement(i, 400), scorer);
  expect(asked).toBe(500);
});
