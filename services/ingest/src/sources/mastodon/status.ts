import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { plainText } from '../plain-text.js';
import type { RawPost, SourceEvent } from '../source.js';

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

/** What we read of a status; Mastodon, GoToSocial and Pleroma agree on this much. */
const StatusFields = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 100 }),
  created_at: Type.String(),
  edited_at: Nullable(Type.String()),
  visibility: Type.String(),
  content: Type.String(),
  spoiler_text: Nullable(Type.String()),
  language: Nullable(Type.String()),
  url: Nullable(Type.String()),
  uri: Nullable(Type.String()),
  in_reply_to_id: Nullable(Type.String()),
  reblog: Nullable(Type.Object({})),
  quote: Nullable(Type.Object({ quoted_status: Nullable(Type.Object({ id: Type.String() })) })),
  account: Type.Object({ acct: Type.String(), followers_count: Nullable(Type.Integer({ minimum: 0 })) }),
});
type StatusFields = Static<typeof StatusFields>;
const Status = Compile(StatusFields);

/** @returns the id of anything that has one, for the cursor */
export function idOf(status: unknown): string | undefined {
  const id = (status as { id?: unknown } | null)?.id;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/**
 * @param host of the server, which is the platform: ids are its own
 * @returns undefined for what is not to be taken: a boost brings no text of its own, and only what is public is read
 */
export function statusEvent(status: unknown, host: string): SourceEvent | undefined {
  const event = { position: idOf(status) ?? '', raw: Buffer.from(JSON.stringify(status)) };
  if (!Status.Check(status)) {
    const [error] = Status.Errors(status);
    const detail = `${error?.instancePath || '/'} ${error?.message ?? 'is not a status'}`;
    return { ...event, content: { kind: 'refusal', reason: 'schema-mismatch', detail } };
  }
  if (status.visibility !== 'public' || status.reblog) return undefined;
  return { ...event, content: postOf(status, host) };
}

function postOf(status: StatusFields, host: string): RawPost {
  const { account, language } = status;
  const [createdAt, editedAt] = [dateOf(status.created_at), dateOf(status.edited_at)];
  const url = [status.url, status.uri].find((address) => address && /^https?:\/\/\S+$/.test(address));
  const quoted = status.quote?.quoted_status?.id;
  return {
    kind: 'post',
    platform: host,
    nativeId: status.id,
    text: [status.spoiler_text, plainText(status.content)].filter(Boolean).join('\n'),
    author: account.acct.includes('@') ? account.acct : `${account.acct}@${host}`,
    ...(url ? { url } : {}),
    ...(language ? { language } : {}),
    ...(createdAt ? { createdAt } : {}),
    ...(editedAt ? { editedAt } : {}),
    ...(status.in_reply_to_id ? { replyTo: `${host}:${status.in_reply_to_id}` } : {}),
    ...(quoted ? { quotes: `${host}:${quoted}` } : {}),
    ...(typeof account.followers_count === 'number' ? { reach: account.followers_count } : {}),
  };
}

function dateOf(text: string | null | undefined): Date | undefined {
  const date = new Date(text ?? NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
