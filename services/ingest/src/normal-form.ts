import { createHmac } from 'node:crypto';
import { postCodec, type Post } from '@siaga/contracts';
import type { RawPost, Refusal } from './sources/source.js';

/** A post ready for Kafka. */
export interface EncodedPost {
  readonly kind: 'encoded';
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * Brings posts of every source into the one form that travels: id `<platform>:<native id>`, the author as a
 * keyed-HMAC pseudonym, times in UTC.
 *
 * @param authorKey secret of the pseudonyms: equal handles of one platform give equal pseudonyms under one key
 */
export function normalFormOf(authorKey: string, now: () => Date = () => new Date()) {
  const pseudonymOf = (platform: string, handle: string) =>
    createHmac('sha256', authorKey).update(`${platform}:${handle.toLowerCase()}`).digest('hex').slice(0, 32);

  return (raw: RawPost, source: string): EncodedPost | Refusal => {
    const seenAt = now();
    const post: Post = {
      schemaVersion: 1,
      id: `${raw.platform}:${raw.nativeId}`,
      platform: raw.platform,
      text: raw.text,
      ...(raw.url === undefined ? {} : { url: raw.url }),
      ...(raw.author ? { author: pseudonymOf(raw.platform, raw.author) } : {}),
      ...(raw.language === undefined ? {} : { language: raw.language }),
      createdAt: (raw.createdAt ?? seenAt).toISOString(),
      seenAt: seenAt.toISOString(),
      source,
      visibility: 'public',
    };
    const bytes = Buffer.from(JSON.stringify(post));
    const decoded = postCodec.decode(bytes);
    return decoded.ok
      ? { kind: 'encoded', id: post.id, bytes }
      : { kind: 'refusal', reason: decoded.reason, detail: decoded.detail };
  };
}

export type NormalForm = ReturnType<typeof normalFormOf>;
