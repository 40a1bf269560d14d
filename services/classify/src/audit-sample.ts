import { CATEGORIES, type Flag } from '@siaga/contracts';
import type { Scorer } from '@siaga/models';
import type { JudgedPost } from './judge.js';
import { nearestFlag } from './nearest-flag.js';

/** Which posts people look at although nothing speaks against them: the same ones whenever and wherever it is asked. */
export interface AuditSample {
  /** The chance of a post to be picked. */
  readonly share: number;
  picks(postId: string): boolean;
}

/**
 * A post is picked when the hash of seed and id falls below the share, so that a restart or a repeat picks the same posts, and a
 * larger share the same ones and more.
 *
 * @param share 0 (none) to 1 (all)
 */
export function auditSample(share: number, seed: string): AuditSample {
  const limit = share * 2 ** 32;
  return { share, picks: (postId) => limit > 0 && hash32(`${seed}\0${postId}`) < limit };
}

/**
 * @returns an audit flag for each picked post that reached no threshold, without reasons, because they would sway whoever
 *   judges it
 */
export function auditFlags(sample: AuditSample, judged: readonly JudgedPost[], scorer: Scorer): Flag[] {
  const flaggedAt = new Date().toISOString();
  return judged
    .filter(
      ({ post, scores }) => sample.picks(post.id) && !CATEGORIES.some((c) => scores[c] >= scorer.thresholds[c].flag),
    )
    .map((post) => ({ ...nearestFlag(post, scorer, 'audit', flaggedAt), audit: { share: sample.share } }));
}

/** FNV-1a over UTF-16 code units, then the finaliser of MurmurHash3, without which ids that end in a counter fall in rows. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
