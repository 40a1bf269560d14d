import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { RawPost, Removal } from './sources/source.js';

const REMEMBERED = 20_000;

/** What a source brought lately, so that what it brings again after a reconnect goes out once. */
export interface RecentPosts {
  /** Whether this very version went out; an edit or a removal of a post is news. */
  has(post: RawPost | Removal): boolean;
  /** Call only after Kafka has acknowledged the post: what is remembered is never sent again. */
  add(post: RawPost | Removal): void;
}

export function recentPosts(): RecentPosts {
  const versions = new LRUCache<string, string>({ max: REMEMBERED });
  return {
    has: (post) => versions.get(idOf(post)) === versionOf(post),
    add: (post) => void versions.set(idOf(post), versionOf(post)),
  };
}

const idOf = ({ platform, nativeId }: RawPost | Removal): string => `${platform}:${nativeId}`;

const versionOf = (post: RawPost | Removal): string =>
  post.kind === 'removal' ? 'removed' : createHash('sha256').update(post.text).digest('base64');
