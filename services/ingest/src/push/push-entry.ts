import Type, { type Static } from 'typebox';
import { entryOf, Platform } from '../registry/fields.js';

/** Somebody who may push posts: every ingest worker takes them, so there is nothing to lease. */
export const PushEntry = entryOf('push', {
  /** Name of the secret that the sender shows. */
  token: Type.String({ minLength: 1 }),
  /** For posts that do not name theirs. */
  platform: Type.Optional(Platform),
});
export type PushEntry = Static<typeof PushEntry>;
