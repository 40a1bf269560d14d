import { contentId, plainPost } from '../sources/plain-post.js';
import type { RawPost, Refusal, Removal } from '../sources/source.js';
import { Problem } from './problem.js';

export const MAX_POSTS = 1_000;

/**
 * The posts of a request: NDJSON, one post a line, or JSON `{"posts": [...]}`.
 *
 * @throws Problem 400 or 413 when the body is neither or has too many
 */
export function readBatch(body: Buffer, isLines: boolean, platform: string): (RawPost | Removal | Refusal)[] {
  const posts = isLines ? lines(body) : listed(body);
  if (posts.length === 0) throw new Problem(400, 'the request has no posts');
  if (posts.length > MAX_POSTS) throw new Problem(413, `${posts.length} posts: send at most ${MAX_POSTS} at a time`);
  return posts.map((post) => plainPost(post, { platform, nativeId: () => contentId(JSON.stringify(post)) }));
}

function lines(body: Buffer): unknown[] {
  return body
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => parse(line, `line ${i + 1}`));
}

function listed(body: Buffer): unknown[] {
  const posts = (parse(body.toString('utf8'), 'the body') as { posts?: unknown } | null)?.posts;
  if (!Array.isArray(posts))
    throw new Problem(400, 'the body must be {"posts": [...]}, or NDJSON as application/x-ndjson');
  return posts;
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // V8's message quotes the text.
    throw new Problem(400, `${what} is not JSON`);
  }
}
