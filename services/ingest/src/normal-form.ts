import { claimCodec, isCanary, Post, postCodec, pseudonymOf, type Claim } from '@siaga/contracts';
import { Compile } from 'typebox/compile';
import type { Departure, RawClaim, RawPost, Refusal, Removal } from './sources/source.js';

/** A post or a claim ready for Kafka. */
export interface Encoded {
  readonly kind: 'encoded';
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * Brings posts of every source into the one form that travels: id `<platform>:<native id>`, the author as a
 * keyed-HMAC pseudonym, times in UTC. A removal becomes the post without its text, a departure one without text or address
 * whose author is gone.
 *
 * @param authorKey secret of the pseudonyms: equal handles of one platform give equal pseudonyms under one key
 */
export function normalFormOf(authorKey: string, now: () => Date = () => new Date()) {
  const fieldsOf = (raw: RawPost | Removal | Departure) => {
    if (raw.kind === 'departure') {
      const author = pseudonymOf(authorKey, raw.platform, raw.author);
      const fields = { id: `${raw.platform}:${author}`, author, text: '', deleted: true, allOfAuthor: true } as const;
      return { ...fields, ...optional({ createdAt: instant(raw.at) }) };
    }
    const id = `${raw.platform}:${raw.nativeId}`;
    if (raw.kind === 'removal')
      return { id, text: '', deleted: true, ...optional({ createdAt: instant(raw.at) }) } as const;
    const { text, url, author, language, replyTo, quotes, reach } = raw;
    return {
      id,
      text,
      ...optional({ url, language, replyTo, quotes, reach }),
      ...optional({ author: author ? pseudonymOf(authorKey, raw.platform, author) : undefined }),
      ...optional({ createdAt: instant(raw.createdAt), editedAt: instant(raw.editedAt) }),
    };
  };

  return (raw: RawPost | Removal | Departure, source: string): Encoded | Refusal => {
    // Who could take that name could have posts pass unseen.
    if (isCanary(raw))
      return { kind: 'refusal', reason: 'reserved-platform', detail: `${raw.platform} is Siaga's own` };
    const seenAt = now().toISOString();
    const post: Post = {
      schemaVersion: 1,
      platform: raw.platform,
      createdAt: seenAt,
      ...fieldsOf(raw),
      seenAt,
      source,
      visibility: 'public',
    };
    const whole = encoded(post);
    return whole.kind === 'encoded' ? whole : encoded(fitting(post));
  };
}

function encoded(post: Post): Encoded | Refusal {
  const bytes = Buffer.from(JSON.stringify(post));
  const decoded = postCodec.decode(bytes);
  return decoded.ok
    ? { kind: 'encoded', id: post.id, bytes }
    : { kind: 'refusal', reason: decoded.reason, detail: decoded.detail };
}

const { url, language, replyTo, quotes, reach, createdAt, editedAt } = Post.properties;
const HINTS = Object.entries({ url, language, replyTo, quotes, reach }).map(
  ([name, schema]) => [name, Compile(schema)] as const,
);
const TIMES = Object.entries({ createdAt, editedAt }).map(([name, schema]) => [name, Compile(schema)] as const);

/**
 * Authors choose much of what stands beside their text: on Bluesky the date and the language too. What of it does not fit is left out, and
 * a time becomes that of now, so that nobody escapes being read by a post from the year 1.
 */
function fitting(post: Post): Post {
  const fits = ([name, schema]: (typeof HINTS | typeof TIMES)[number]) => {
    const value = post[name as keyof Post];
    return value === undefined || schema.Check(value);
  };
  const left = HINTS.filter((hint) => !fits(hint)).map(([name]) => [name, undefined]);
  const now = TIMES.filter((time) => !fits(time)).map(([name]) => [name, post.seenAt]);
  return { ...post, ...Object.fromEntries([...left, ...now]) } as Post;
}

/** @returns undefined for a date that is none */
const instant = (date: Date | undefined): string | undefined =>
  date === undefined || Number.isNaN(date.getTime()) ? undefined : date.toISOString();

/** A claim as the bank has it. */
export function claimForm(
  { kind: _, publishedAt, ...fields }: RawClaim,
  now = new Date(),
): { readonly kind: 'claim'; readonly claim: Claim } | Refusal {
  const claim: Claim = { schemaVersion: 1, ...fields, publishedAt: (publishedAt ?? now).toISOString() };
  const decoded = claimCodec.decode(Buffer.from(JSON.stringify(claim)));
  return decoded.ok
    ? { kind: 'claim', claim: decoded.value }
    : { kind: 'refusal', reason: decoded.reason, detail: decoded.detail };
}

export type NormalForm = ReturnType<typeof normalFormOf>;

/** Without the fields that are undefined. */
function optional<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
