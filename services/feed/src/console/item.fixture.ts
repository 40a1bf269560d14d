import type { FlagItem } from '../flag-item.js';

let count = 0;

/** A flag as the API gives it; say only what the test is about. */
export function anItem(fields: Partial<Omit<FlagItem, 'post'>> & { post?: Partial<FlagItem['post']> } = {}): FlagItem {
  const seq = fields.seq ?? ++count;
  const at = '2026-11-01T00:00:00.000Z';
  return {
    flagId: `demo:${seq}#hate`,
    seq,
    category: 'hate',
    score: 0.97,
    threshold: 0.6,
    escalateThreshold: 0.9,
    scores: { hoax: 0.1, hate: 0.97, bullying: 0.1 },
    labels: null,
    model: { name: 'test', version: '1' },
    reasons: [],
    highlights: [],
    campaignId: 'campaign',
    campaignSize: 1,
    flaggedAt: at,
    recordedAt: at,
    reportedAs: null,
    review: {
      ...{ state: 'open', seq: null, decisionId: null, by: null, at: null, reason: null },
      ...{ assignee: null, comments: 0, secondReview: null },
    },
    claims: [],
    debunkedAt: null,
    notice: null,
    audit: null,
    ...fields,
    post: {
      id: `demo:${seq}`,
      platform: 'demo',
      url: 'https://demo.invalid/p/1',
      author: null,
      language: null,
      text: 'contoh',
      createdAt: at,
      seenAt: at,
      removedAt: null,
      ...fields.post,
    },
  };
}
