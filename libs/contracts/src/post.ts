import Type, { type Static } from 'typebox';
import { Id, Instant, TEXT_MAX, Url } from './fields.js';

/** A public post in its normal form: the value on `siaga.posts`, keyed by its id. */
export const Post = Type.Object({
  schemaVersion: Type.Literal(1),
  /** `<platform>:<native id>` */
  id: Id,
  platform: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,62}$' }),
  text: Type.String({ maxLength: TEXT_MAX }),
  url: Type.Optional(Url),
  /** Keyed-HMAC pseudonym of the author, never a handle. */
  author: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  /** BCP 47 tag as the source declares it; a hint, not a finding. */
  language: Type.Optional(Type.String({ maxLength: 35 })),
  /** The author has taken it down: the text is empty, and what is stored of it must go. */
  deleted: Type.Optional(Type.Literal(true)),
  /** With `deleted`: the author's account is gone, and with it all that was seen of `author` until `seenAt`. */
  allOfAuthor: Type.Optional(Type.Literal(true)),
  /** The text is a later version, as of then. */
  editedAt: Type.Optional(Instant),
  /** The post that it answers, and the one that it quotes. */
  replyTo: Type.Optional(Id),
  quotes: Type.Optional(Id),
  /** How many accounts follow the author, as the source counts them. */
  reach: Type.Optional(Type.Integer({ minimum: 0 })),
  createdAt: Instant,
  /** When Siaga first saw it: the clock of the freshness objective starts here. */
  seenAt: Instant,
  /** Name of the source in the registry that brought it in. */
  source: Type.String({ minLength: 1, maxLength: 100 }),
  visibility: Type.Literal('public'),
});
export type Post = Static<typeof Post>;
