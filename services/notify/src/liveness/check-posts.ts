import { createHash } from 'node:crypto';
import type { OutboundClient } from '@siaga/runtime';
import {
  recordPostCheck,
  takePostToCheck,
  watchDelivered,
  type Database,
  type PostCheck,
  type PostToCheck,
  type ReportedPost,
} from '@siaga/storage';
import { normalise } from '@siaga/text';
import type { NotifyMetrics } from '../metrics.js';
import type { Policy } from '../policy.js';
import { addressOf, hostOf, lookUp, type Sight } from './look-up.js';

export interface LivenessOptions {
  readonly db: Database;
  readonly policy: () => Policy;
  readonly client: OutboundClient;
  readonly metrics: NotifyMetrics;
}

/** Longer than a look takes: when it has run out, the looker is dead. */
const LEASE_MS = 60_000;
const FIRST_AGAIN_MS = 60_000;
const LAST_AGAIN_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * Looks up the posts that are due, one after another, until none is whose host may be asked. Any number of processes may do so
 * at once.
 *
 * @param stopping ends the look under way too, which then counts as none
 */
export async function checkPosts(
  options: LivenessOptions,
  stopping: AbortSignal = new AbortController().signal,
): Promise<void> {
  const { db, policy } = options;
  const { liveness } = policy();
  if (!liveness?.on) return;
  while (
    !stopping.aborted &&
    (await db.transaction((tx) =>
      watchDelivered(tx, liveness.hours, (post) => hostOf(addressOf(post, entryOf(policy(), post)))),
    )) > 0
  );
  while (!stopping.aborted && (await checkNext(options, liveness, stopping)));
}

async function checkNext(
  { db, policy, client, metrics }: LivenessOptions,
  { hours, perHostPerMinute }: NonNullable<Policy['liveness']>,
  signal: AbortSignal,
): Promise<boolean> {
  const post = await db.transaction((tx) => takePostToCheck(tx, LEASE_MS));
  if (!post) return false;
  const hostFreeMs = MINUTE_MS / perHostPerMinute;
  const check = await look(post, hostFreeMs, () => lookUp(post, entryOf(policy(), post), { client, signal }));
  // The host did nothing wrong: whoever looks next finds it free when the lease has run out.
  if (signal.aborted) return false;
  metrics.looks.inc({ platform: post.platform, result: check.error === undefined ? check.state : 'unknown' });
  await db.transaction((tx) => recordPostCheck(tx, post, check, hours));
  return true;
}

/** What the author took back needs no look. */
async function look(post: PostToCheck, hostFreeMs: number, ask: () => Promise<Sight>): Promise<PostCheck> {
  if (post.deletedAt) return { state: 'deleted', goneAt: post.deletedAt, hostFreeMs: 0 };
  const sight = await ask();
  switch (sight.kind) {
    case 'gone':
      return { state: 'gone', hostFreeMs };
    case 'up': {
      const textSha256 = sight.text === undefined ? undefined : sha256(normalise(sight.text));
      return { state: isEdited(post, sight, textSha256) ? 'edited' : 'up', textSha256, hostFreeMs };
    }
    case 'unclear':
      return { state: post.state, error: sight.why, hostFreeMs };
    case 'unreachable': {
      const againMs = Math.min(sight.afterMs ?? FIRST_AGAIN_MS * 2 ** post.failures, LAST_AGAIN_MS);
      return { state: post.state, error: sight.why, againMs, hostFreeMs: againMs };
    }
  }
}

/** Told by the source, by the platform, or by a text that is another one than at the first look. */
function isEdited(post: PostToCheck, { editedAt }: Sight & { kind: 'up' }, textSha256: string | undefined): boolean {
  const { capturedAt, textSha256: first } = post;
  if ([post.editedAt, editedAt].some((at) => at && at > capturedAt)) return true;
  return first !== null && textSha256 !== undefined && textSha256 !== first;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const entryOf = ({ platforms }: Policy, { platform }: ReportedPost) =>
  Object.hasOwn(platforms, platform) ? platforms[platform]?.lookUp : undefined;
