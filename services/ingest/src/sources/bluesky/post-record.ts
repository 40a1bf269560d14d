import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Departure, RawPost, Refusal, Removal } from '../source.js';

export const POSTS = 'app.bsky.feed.post';

const Ref = Type.Object({ uri: Type.String() });

/** What we read of the lexicon app.bsky.feed.post. */
const PostRecord = Compile(
  Type.Object({
    text: Type.String(),
    createdAt: Type.Optional(Type.String()),
    langs: Type.Optional(Type.Array(Type.String())),
    reply: Type.Optional(Type.Object({ parent: Ref })),
    embed: Type.Optional(Type.Object({ record: Type.Optional(Type.Union([Ref, Type.Object({ record: Ref })])) })),
    facets: Type.Optional(
      Type.Array(
        Type.Object({
          index: Type.Object({ byteStart: Type.Integer(), byteEnd: Type.Integer() }),
          features: Type.Array(Type.Object({ uri: Type.Optional(Type.String()) })),
        }),
      ),
    ),
  }),
);

export interface Repository {
  readonly platform: string;
  readonly did: string;
  readonly rkey: string;
}

const nativeIdOf = ({ did, rkey }: Repository): string => `${did}/${rkey}`;

/**
 * A post as its author's repository holds it.
 *
 * @param editedAt given when the record replaces an earlier one
 */
export function blueskyPost(repository: Repository, record: unknown, editedAt?: Date): RawPost | Refusal {
  if (!PostRecord.Check(record)) {
    const [error] = PostRecord.Errors(record);
    const detail = `${error?.instancePath || '/'} ${error?.message ?? 'is not a post'}`;
    return { kind: 'refusal', reason: 'schema-mismatch', detail };
  }
  const { platform, did, rkey } = repository;
  const createdAt = new Date(record.createdAt ?? NaN);
  const replyTo = postIdOf(record.reply?.parent.uri, platform);
  const quoted = record.embed?.record;
  const quotes = quoted && postIdOf('uri' in quoted ? quoted.uri : quoted.record.uri, platform);
  const [language] = record.langs ?? [];
  return {
    kind: 'post',
    platform,
    nativeId: nativeIdOf(repository),
    // No reader sees a NUL; a post that has one must be read none the less.
    text: withWholeLinks(record.text, record.facets ?? []).replaceAll('\0', ''),
    url: `https://bsky.app/profile/${did}/post/${rkey}`,
    author: did,
    ...(language === undefined ? {} : { language }),
    ...(Number.isNaN(createdAt.getTime()) ? {} : { createdAt }),
    ...(editedAt ? { editedAt } : {}),
    ...(replyTo ? { replyTo } : {}),
    ...(quotes ? { quotes } : {}),
  };
}

export function blueskyRemoval(repository: Repository, at?: Date): Removal {
  return { kind: 'removal', platform: repository.platform, nativeId: nativeIdOf(repository), ...(at ? { at } : {}) };
}

/** Why an account is not active, where nothing of it may be passed on; else it is only being slow or repaired. */
const GONE = new Set(['deleted', 'takendown', 'suspended', 'deactivated']);

/** @returns undefined when the account is there, or will be again by itself */
export function blueskyDeparture(
  { platform, did, active, status }: { platform: string; did: string; active: boolean; status?: string | undefined },
  at?: Date,
): Departure | undefined {
  if (active || status === undefined || !GONE.has(status)) return undefined;
  return { kind: 'departure', platform, author: did, ...(at ? { at } : {}) };
}

/** `at://did/app.bsky.feed.post/rkey` as the id of a post of ours; of any other record, nothing. */
function postIdOf(uri: string | undefined, platform: string): string | undefined {
  const [, did, rkey] = /^at:\/\/(did:[^/\s]+)\/app\.bsky\.feed\.post\/([^/\s]+)$/.exec(uri ?? '') ?? [];
  return did && rkey ? `${platform}:${did}/${rkey}` : undefined;
}

interface Facet {
  readonly index: { readonly byteStart: number; readonly byteEnd: number };
  readonly features: readonly { readonly uri?: string }[];
}

/** Clients shorten what they show of a link; where it leads is part of what a post says. Facets count bytes of UTF-8. */
function withWholeLinks(text: string, facets: readonly Facet[]): string {
  if (facets.length === 0) return text;
  const bytes = Buffer.from(text);
  const parts: string[] = [];
  let at = 0;
  for (const { index, features } of facets.toSorted((a, b) => a.index.byteStart - b.index.byteStart)) {
    const uri = features.find((feature) => feature.uri !== undefined)?.uri;
    const { byteStart, byteEnd } = index;
    if (uri === undefined || byteStart < at || byteEnd <= byteStart || byteEnd > bytes.length) continue;
    parts.push(bytes.toString('utf8', at, byteStart), uri);
    at = byteEnd;
  }
  return parts.join('') + bytes.toString('utf8', at);
}
