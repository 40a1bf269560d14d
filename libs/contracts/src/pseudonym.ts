import { createHmac } from 'node:crypto';

const CHARACTERS = 32;

/**
 * The name under which an author travels: equal handles of one platform give equal pseudonyms under one key, and nobody finds a
 * handle from one without the key.
 *
 * @param authorKey the secret `author-key`
 * @param handle as the platform's source gives it: a DID on Bluesky, user@server on Mastodon
 */
export const pseudonymOf = (authorKey: string, platform: string, handle: string): string =>
  createHmac('sha256', authorKey).update(`${platform}:${handle.toLowerCase()}`).digest('hex').slice(0, CHARACTERS);
