import { retrying, retryAfterMs, TransientError, UsageError, type OutboundClient } from '@siaga/runtime';
import { LineSplitter, type Line } from '../sources/lines.js';

const MAX_LINE_BYTES = 1024 * 1024;
/** Far below what the other side takes at a time. */
const BATCH_POSTS = 500;
const BATCH_BYTES = 2 * 1024 * 1024;
const RETRIES = { attempts: 8, firstDelayMs: 500, maxDelayMs: 15_000 };

interface NumberedPost {
  readonly line: number;
  readonly post: unknown;
}

export interface PushTarget {
  readonly web: OutboundClient;
  /** Of `POST /v1/posts`. */
  readonly url: string;
  readonly token: string;
  /** Hears why a line was not taken. */
  readonly onRefused: (line: number, detail: string) => void;
}

/**
 * Pushes posts that come as NDJSON, a batch at a time: the next is read when Kafka has the one before. A line that is no
 * post is left out; the others are taken.
 *
 * @throws UsageError when we are not let in
 * @throws TransientError when the other side stays out of reach
 */
export async function pushLines(
  input: AsyncIterable<Uint8Array>,
  target: PushTarget,
): Promise<{ accepted: number; refused: number }> {
  const splitter = new LineSplitter(0, MAX_LINE_BYTES);
  const counts = { accepted: 0, refused: 0 };
  let batch: NumberedPost[] = [];
  let batchBytes = 0;
  let line = 0;
  const refuse = (at: number, detail: string) => {
    counts.refused++;
    target.onRefused(at, detail);
  };
  const flush = async () => {
    counts.accepted += await pushBatch(batch, target, refuse);
    batch = [];
    batchBytes = 0;
  };
  const take = async (lines: readonly Line[]) => {
    for (const { bytes, length } of lines) {
      line++;
      if (length > bytes.length) refuse(line, `line-too-long: ${length} bytes`);
      const text = bytes.toString('utf8');
      if (length > bytes.length || text.trim() === '') continue;
      let post: unknown;
      try {
        post = JSON.parse(text);
      } catch {
        refuse(line, 'not-json: the line is not JSON');
        continue;
      }
      if (batch.length === BATCH_POSTS || batchBytes + length > BATCH_BYTES) await flush();
      batch.push({ line, post });
      batchBytes += length;
    }
  };
  for await (const chunk of input) await take(splitter.push(Buffer.from(chunk)));
  await take(splitter.final());
  await flush();
  return counts;
}

/** All or nothing is taken of a request: what it names as faulty is left out of the next. */
async function pushBatch(
  batch: readonly NumberedPost[],
  target: PushTarget,
  refuse: (line: number, detail: string) => void,
): Promise<number> {
  let posts = batch;
  while (posts.length > 0) {
    const faults = await post(posts, target);
    if (faults.size === 0) return posts.length;
    for (const [i, detail] of faults) refuse((posts[i] as NumberedPost).line, detail);
    posts = posts.filter((_post, i) => !faults.has(i));
  }
  return 0;
}

/** @returns what is wrong with which of the posts; nothing when they were taken */
function post(posts: readonly NumberedPost[], { web, url, token }: PushTarget): Promise<Map<number, string>> {
  const body = JSON.stringify({ posts: posts.map(({ post: one }) => one) });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return retrying(RETRIES, async () => {
    const { status, header, body: answer } = await web.request(url, { method: 'POST', headers, body });
    if (status === 202) return new Map<number, string>();
    if (status === 429 || status >= 500) {
      const asked = retryAfterMs(header);
      throw new TransientError(`${url} answered HTTP ${status}`, asked === undefined ? {} : { retryAfterMs: asked });
    }
    const { detail, errors = [] } = problemIn(answer);
    const faults = errors.flatMap((error) => {
      const i = Number(/^posts\[(\d+)\]$/.exec(error.in)?.[1] ?? NaN);
      return i < posts.length ? [[i, error.detail] as const] : [];
    });
    if (faults.length === 0) throw new UsageError(`${url} answered HTTP ${status}${detail ? `: ${detail}` : ''}`);
    return new Map(faults);
  });
}

function problemIn(body: Buffer): { detail?: string; errors?: { in: string; detail: string }[] } {
  try {
    return (JSON.parse(body.toString('utf8')) ?? {}) as ReturnType<typeof problemIn>;
  } catch {
    return {};
  }
}
