import { createHash } from 'node:crypto';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { RawPost, Refusal, Removal } from './source.js';

/** What a person's own program says of a post, in a file or over HTTP; anything else in it is ignored. */
const PlainPost = Compile(
  Type.Object({
    text: Type.Optional(Type.String()),
    /** Its author has taken it down; it needs its id and no text. */
    deleted: Type.Optional(Type.Boolean()),
    visibility: Type.Optional(Type.String()),
    id: Type.Optional(Type.Union([Type.String(), Type.Integer()])),
    platform: Type.Optional(Type.String()),
    url: Type.Optional(Type.String()),
    author: Type.Optional(Type.String()),
    lang: Type.Optional(Type.String()),
    createdAt: Type.Optional(Type.String()),
    /** When this version was written, if it is not the first: older ones are deleted. */
    editedAt: Type.Optional(Type.String()),
  }),
);

/** Reads a post as people write it down; `fallback` says what it leaves out. */
export function plainPost(
  value: unknown,
  fallback: { readonly platform: string; readonly nativeId: () => string },
): RawPost | Removal | Refusal {
  if (!PlainPost.Check(value)) {
    const [error] = PlainPost.Errors(value);
    return mismatch(`${error?.instancePath || '/'} ${error?.message ?? 'is not a post'}`);
  }
  const times: { createdAt?: Date; editedAt?: Date } = {};
  for (const field of ['createdAt', 'editedAt'] as const) {
    if (value[field] === undefined) continue;
    const time = new Date(value[field]);
    if (Number.isNaN(time.getTime())) return mismatch(`/${field} must be a date in ISO 8601`);
    times[field] = time;
  }
  if (value.visibility !== undefined && value.visibility !== 'public') {
    return { kind: 'refusal', reason: 'not-public', detail: 'only public posts are taken' };
  }
  const platform = value.platform ?? fallback.platform;
  const nativeId = nativeIdOf(value.id, platform);
  if (value.deleted === true) {
    return nativeId === undefined
      ? mismatch('/id must say which post is deleted')
      : { kind: 'removal', platform, nativeId };
  }
  if (value.text === undefined) return mismatch('/ must have required properties text');
  return {
    kind: 'post',
    text: value.text,
    platform,
    nativeId: nativeId ?? fallback.nativeId(),
    ...(value.url === undefined ? {} : { url: value.url }),
    ...(value.author === undefined ? {} : { author: value.author }),
    ...(value.lang === undefined ? {} : { language: value.lang }),
    ...times,
  };
}

const mismatch = (detail: string): Refusal => ({ kind: 'refusal', reason: 'schema-mismatch', detail });

/** Takes `<platform>:<native id>` as well as the bare native id. */
function nativeIdOf(id: string | number | undefined, platform: string): string | undefined {
  const text = id === undefined ? '' : String(id);
  const prefix = `${platform}:`;
  return (text.startsWith(prefix) ? text.slice(prefix.length) : text) || undefined;
}

/** An id for a post that has none: sent again, it is the same post. */
export const contentId = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 32);
