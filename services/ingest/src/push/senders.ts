import { createHash } from 'node:crypto';
import type { Secrets } from '@siaga/runtime';
import type { PushEntry } from './push-entry.js';

/**
 * Who may push, by token. Tokens are looked up by their hash, so that the time a comparison takes tells nothing of them.
 *
 * @throws SettingsError when a token is not among the secrets
 */
export function sendersOf(entries: readonly PushEntry[], secrets: Secrets): (token: string) => PushEntry | undefined {
  const byHash = new Map(entries.map((entry) => [hashOf(secrets.get(entry.token)), entry]));
  return (token) => byHash.get(hashOf(token));
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64');
