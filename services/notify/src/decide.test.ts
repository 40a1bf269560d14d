import { describe, expect, it } from '@jest/globals';
import { decide, type Flagged } from './decide.js';
import { aPolicy } from './policy.fixture.js';
import type { Policy } from './policy.js';
import { previewPolicy } from './preview-policy.js';

const aFlagged = (fields: Partial<Flagged> = {}): Flagged => ({
  ...{ category: 'hate', score: 0.97, escalateThreshold: 0.9, labels: null, claims: null, platform: 'demo' },
  ...{ url: 'http://demo.invalid/1', text: 'usir mereka dari kampung ini', ...fields },
});

const claim = {
  ...{ claimId: 'cek:1', text: 'ATM ditutup', verdict: 'salah', publisher: 'Cek', url: 'http://cek.invalid/1' },
};

const base = aPolicy('http://demo.invalid', { urgencies: { normal: { hours: 24 }, urgent: { hours: 4 } } });
const policy: Policy = {
  ...base,
  quiet: [{ name: 'criticism of officials', words: ['menteri', 'dpr'], unless: ['religion'] }],
  categories: {
    ...base.categories,
    hoax: { ...base.categories.hoax, automatic: 'matched', urgency: 'urgent' },
    hate: {
      ...base.categories.hate,
      labels: {
        strong: { from: 0.5, urgency: 'urgent' },
        moderate: { from: 0.8, automatic: false },
        physical: { from: 0.5, threshold: 0.99 },
      },
    },
  },
};

describe('policy', () => {
  it.each<[string, Partial<Flagged>, string]>([
    ['a score that is high enough', {}, 'send normal'],
    ['a score below the model’s own threshold', { score: 0.89 }, 'person'],
    ['a sub-label that is urgent', { labels: { strong: 0.9 } }, 'send urgent'],
    ['a sub-label that does not reach its bound', { labels: { moderate: 0.7 } }, 'send normal'],
    ['a sub-label that a person must see', { labels: { moderate: 0.85 } }, 'person'],
    ['a sub-label that asks for more', { labels: { physical: 0.6 } }, 'person'],
    ['a hoax that repeats nothing known', { category: 'hoax', score: 1 }, 'person'],
    ['a hoax that a fact-checker has debunked', { category: 'hoax', claims: [claim] }, 'send urgent'],
    ['a hoax that looks like one', { category: 'hoax', score: 1, claims: [] }, 'person'],
    ['a debunked hoax that it is less sure of', { category: 'hoax', score: 0.89, claims: [claim] }, 'person'],
    ['words about an official', { text: 'Menteri ini bodoh, turun saja!' }, 'person'],
    ['an official among a religion', { text: 'menteri itu', labels: { religion: 0.9 } }, 'send normal'],
    ['a word that only contains an official', { text: 'kementerian' }, 'send normal'],
    ['a category that the platform does not take', { category: 'bullying' }, 'nowhere'],
    ['a post without an address', { url: null }, 'nowhere'],
    ['a platform that nobody knows', { platform: 'constructor' }, 'nowhere'],
  ])('says of %s: %s', (_what, fields, expected) => {
    const verdict = decide(policy, aFlagged(fields));
    expect(verdict.kind === 'send' ? `send ${verdict.destination.urgency}` : verdict.kind).toBe(expected);
  });

  it('previews notices, not flags: a campaign a platform, a post once, a limit a day', async () => {
    const stored = (i: number, campaignId: string, flaggedAt = '2026-11-01T00:00:00Z') => ({
      ...{ ...aFlagged(), flagId: `f${i}`, postId: `p${i}`, campaignId, postReported: false },
      flaggedAt: new Date(flaggedAt),
    });
    const limited = { ...policy, platforms: { demo: { ...policy.platforms.demo!, dailyNotices: 2 } } };
    async function* pages() {
      yield [stored(1, 'a'), stored(2, 'a'), stored(3, 'b'), stored(3, 'c')];
      yield [stored(4, 'd'), stored(5, 'e', '2026-11-02T00:00:00Z'), { ...stored(6, 'f'), score: 0.8 }];
    }
    expect(await previewPolicy(limited, pages())).toEqual([
      { count: 3, what: 'notices to demo about hate, normal' },
      { count: 1, what: 'hate on demo: beyond the daily limit' },
      { count: 1, what: 'hate on demo: its score is below 0.9, from which hate needs no person' },
    ]);
  });
});
