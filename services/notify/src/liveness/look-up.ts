import { OutboundError, retryAfterMs, TransientError, type OutboundClient } from '@siaga/runtime';
import type { ReportedPost } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { WebUrl } from '../channels/fields.js';
import { jsonOf } from '../json-of.js';

/** Where a platform's posts are looked up, in its policy; at their own addresses when not given. */
export const LookUpEntry = Type.Union([
  Type.Object(
    { kind: Type.Literal('bluesky'), service: Type.Optional(WebUrl) },
    { additionalProperties: false, description: 'app.bsky.feed.getPosts' },
  ),
  Type.Object(
    { kind: Type.Literal('mastodon'), server: WebUrl },
    { additionalProperties: false, description: '/api/v1/statuses/:id of the server that the posts came from' },
  ),
]);
export type LookUpEntry = Static<typeof LookUpEntry>;

/** What a look at a post has shown. */
export type Sight =
  | { readonly kind: 'up'; readonly text?: string; readonly editedAt?: Date }
  | { readonly kind: 'gone' }
  /** It cannot be told, and asking again at once would not help. */
  | { readonly kind: 'unclear'; readonly why: string }
  /** The host does not answer now, or asks to be left alone for a while. */
  | { readonly kind: 'unreachable'; readonly why: string; readonly afterMs?: number | undefined };

const BLUESKY_SERVICE = 'https://public.api.bsky.app';
const TIMEOUT_MS = 10_000;
const REDIRECTS = 3;

/** Not found, gone, and withheld by demand of the law. */
const ABSENT = new Set([404, 410, 451]);
const TRY_AGAIN = new Set([408, 425, 429]);

/** @returns what is to be asked for the post */
export function addressOf({ postId, platform, url }: ReportedPost, entry: LookUpEntry | undefined): string {
  const nativeId = postId.slice(platform.length + 1);
  switch (entry?.kind) {
    case 'bluesky': {
      const [did = '', rkey = ''] = nativeId.split('/');
      const address = new URL('/xrpc/app.bsky.feed.getPosts', entry.service ?? BLUESKY_SERVICE);
      address.searchParams.set('uris', `at://${did}/app.bsky.feed.post/${rkey}`);
      return address.href;
    }
    case 'mastodon':
      return new URL(`/api/v1/statuses/${encodeURIComponent(nativeId)}`, entry.server).href;
    default:
      return url;
  }
}

/** @returns the host that is asked, none where what a source gave as an address is none */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : '';
}

/** An address with a name and a password in it is nobody's post. */
function isAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username === '' && password === '';
}

/**
 * Looks a post up; what the other side does is no error of ours.
 *
 * @param signal gives up when aborted
 */
export async function lookUp(
  post: ReportedPost,
  entry: LookUpEntry | undefined,
  { client, signal }: { readonly client: OutboundClient; readonly signal: AbortSignal },
): Promise<Sight> {
  const address = addressOf(post, entry);
  if (!isAddress(address)) return { kind: 'unclear', why: 'not an address that can be looked up' };
  try {
    if (entry === undefined) return sightOf(await statusOf(address, client, signal));
    const headers = { accept: 'application/json' };
    const { status, header, body } = await client.request(address, { headers, signal });
    return status === 200 ? READ[entry.kind](body.toString('utf8')) : sightOf({ status, header });
  } catch (error) {
    if (error instanceof OutboundError) return { kind: 'unclear', why: error.message };
    if (error instanceof TransientError) return { kind: 'unreachable', why: error.message };
    throw error;
  }
}

/** A page may be of any size, and its status says all that we ask. */
async function statusOf(address: string, client: OutboundClient, stopping: AbortSignal) {
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MS)]);
  const answer = await client.stream(address, { redirects: REDIRECTS, signal });
  await answer.close();
  return answer;
}

function sightOf({ status, header }: { status: number; header: (name: string) => string | null }): Sight {
  if (status >= 200 && status < 300) return { kind: 'up' };
  if (ABSENT.has(status)) return { kind: 'gone' };
  const why = `HTTP ${status}`;
  if (TRY_AGAIN.has(status) || status >= 500) return { kind: 'unreachable', why, afterMs: retryAfterMs(header) };
  return { kind: 'unclear', why };
}

const BlueskyPosts = Compile(
  Type.Object({ posts: Type.Array(Type.Object({ record: Type.Object({ text: Type.String() }) })) }),
);
const MastodonStatus = Compile(
  Type.Object({
    content: Type.String(),
    edited_at: Type.Optional(Type.Union([Type.Null(), Type.String()])),
  }),
);

const UNREADABLE: Sight = { kind: 'unclear', why: 'the answer is not what the API is said to give' };

const READ: Record<LookUpEntry['kind'], (body: string) => Sight> = {
  bluesky(body) {
    const answer = jsonOf(body);
    if (!BlueskyPosts.Check(answer)) return UNREADABLE;
    const [post] = answer.posts;
    return post ? { kind: 'up', text: post.record.text } : { kind: 'gone' };
  },
  mastodon(body) {
    const status = jsonOf(body);
    if (!MastodonStatus.Check(status)) return UNREADABLE;
    const editedAt = new Date(status.edited_at ?? NaN);
    return { kind: 'up', text: status.content, ...(Number.isNaN(editedAt.getTime()) ? {} : { editedAt }) };
  },
};
