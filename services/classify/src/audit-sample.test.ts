import { describe, expect, it } from '@jest/globals';
import { aPost } from '@siaga/testkit';
import type { Scorer } from '@siaga/models';
import { auditFlags, auditSample } from './audit-sample.js';
import { emptyMemory, judge } from './judge.js';

describe('the audit sample', () => {
  const POSTS = 20_000;
  const ids = {
    counted: (i: number) => `demo:${i}`,
    padded: (i: number) => `forum:${String(i).padStart(12, '0')}`,
    addresses: (i: number) => `https://contoh.invalid/p/${i.toString(36)}?ref=${i % 7}`,
  };

  it.each(Object.entries(ids))('picks its share of %s ids, whatever the seed', (_name, id) => {
    for (const [share, seed] of [0.001, 0.01, 0.5].flatMap((given) =>
      ['siaga', '1', ''].map((s) => [given, s] as const),
    )) {
      const sample = auditSample(share, seed);
      let picked = 0;
      for (let i = 0; i < POSTS; i++) if (sample.picks(id(i))) picked++;
      // Four standard deviations: by chance one seed in a thousand would not do.
      expect(Math.abs(picked - POSTS * share)).toBeLessThan(4 * Math.sqrt(POSTS * share * (1 - share)));
    }
  });

  it('picks the same posts again, more of them for a larger share, others for another seed', () => {
    const picks = (share: number, seed: string) => {
      const sample = auditSample(share, seed);
      return Array.from({ length: 20_000 }, (_none, i) => ids.counted(i)).filter((id) => sample.picks(id));
    };
    const some = picks(0.01, 'a');
    expect(picks(0.01, 'a')).toEqual(some);
    expect(picks(0.02, 'a')).toEqual(expect.arrayContaining(some));
    const others = new Set(picks(0.01, 'b'));
    // Two in a hundred squared of 20,000 would be eight.
    expect(some.filter((id) => others.has(id)).length).toBeLessThan(12);
  });

  it('picks none and all at the ends', () => {
    const posts = Array.from({ length: 1_000 }, (_none, i) => ids.counted(i));
    expect(posts.filter(auditSample(0, 'siaga').picks)).toEqual([]);
    expect(posts.filter(auditSample(1, 'siaga').picks)).toHaveLength(1_000);
  });
});

it('flags only posts that were scored and reached no threshold, under the category that came nearest', () => {
  const scores: Record<string, { hoax: number; hate: number; bullying: number }> = {
    calm: { hoax: 0.3, hate: 0.1, bullying: 0.45 },
    rude: { hoax: 0.1, hate: 0.1, bullying: 0.95 },
  };
  const scorer: Scorer = {
    ...{ name: 'test', version: '1', backend: 'wasm', features: { bits: 1, words: 1, characters: [1, 1], limit: 1 } },
    thresholds: {
      hoax: { flag: 0.4, escalate: 0.5 },
      hate: { flag: 0.9, escalate: 0.9 },
      bullying: { flag: 0.9, escalate: 0.9 },
    },
    score: (texts) => texts.map((text) => ({ scores: scores[text]!, labels: {} })),
    categories: (texts) => texts.map((text) => scores[text]!),
    categoriesOfTokens: (texts) => texts.map((tokens) => scores[tokens.join(' ')] ?? { hoax: 0, hate: 0, bullying: 0 }),
    tensors: () => 0,
    unknownShares: (texts) => texts.map(() => 0),
    labels: (texts) => texts.map(() => ({})),
    explain: () => [],
    dispose: () => undefined,
  };
  const posts = ['calm', 'rude', ' '].map((text) => aPost({ id: `demo:${text.trim() || 'silent'}`, text }));
  const { scored } = judge(posts, scorer, emptyMemory());
  const [flag, ...others] = auditFlags(auditSample(1, 'siaga'), scored, scorer);
  expect(others).toEqual([]);
  expect(flag).toMatchObject({
    flagId: 'demo:calm#audit',
    ...{ category: 'hoax', score: 0.3, threshold: 0.4, reasons: [] },
    audit: { share: 1 },
  });
  expect(auditFlags(auditSample(0, 'siaga'), scored, scorer)).toEqual([]);
});
