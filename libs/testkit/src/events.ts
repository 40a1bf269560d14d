import { createHash, randomUUID } from 'node:crypto';
import type { Flag, Post } from '@siaga/contracts';

/** A valid post; say only what the test is about. */
export function aPost(fields: Partial<Post> = {}): Post {
  const id = fields.id ?? `demo:${randomUUID()}`;
  return {
    schemaVersion: 1,
    id,
    platform: 'demo',
    text: 'selamat pagi semuanya',
    url: `http://demo.invalid/p/${encodeURIComponent(id)}`,
    createdAt: '2026-11-01T00:00:00.000Z',
    seenAt: new Date().toISOString(),
    source: 'test',
    visibility: 'public',
    ...fields,
  };
}

/** A valid flag of a post, scored above both thresholds. */
export function aFlag(fields: Partial<Omit<Flag, 'post'>> & { post?: Partial<Post> } = {}): Flag {
  const post = aPost(fields.post);
  const category = fields.category ?? 'hate';
  return {
    schemaVersion: 1,
    flagId: `${post.id}#${category}`,
    category,
    score: 0.97,
    threshold: 0.6,
    escalateThreshold: 0.9,
    scores: { hoax: 0.1, hate: 0.1, bullying: 0.1, [category]: 0.97 },
    model: { name: 'test', version: '1' },
    reasons: [{ kind: 'token', token: 'contoh', weight: 1.5 }],
    textSha256: createHash('sha256').update(post.text).digest('hex'),
    flaggedAt: new Date().toISOString(),
    ...fields,
    post,
  };
}
