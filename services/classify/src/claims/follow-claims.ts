import type { ClaimMatcher } from '@siaga/models';
import { followTopics, readSpans, topicSpan, type StreamOptions } from '@siaga/stream';
import { claimShelf } from './claim-shelf.js';
import type { KnownClaims } from './known-claims.js';

/**
 * Reads the whole topic of claims, so that the first post is matched against all of them, and goes on as it changes, for which
 * nobody waits. Every worker holds all claims.
 *
 * @param onCrash hears when it no longer follows
 */
export async function followClaims(
  stream: StreamOptions,
  topic: string,
  { matcher, onCrash }: { readonly matcher: ClaimMatcher; readonly onCrash: (error: unknown) => void },
): Promise<{ readonly known: KnownClaims; close(): Promise<void> }> {
  const shelf = claimShelf(matcher);
  const options = { ...stream, clientId: `${stream.clientId}-claims` };
  const span = await topicSpan(options, topic, { from: 0 });
  if (span) await readSpans(options, [span], shelf.take);
  // From the beginning once more: what is known changes nothing.
  const following = followTopics({ ...options, topics: [topic] }, shelf.take, onCrash);
  following.catch(onCrash);
  return {
    known: shelf,
    close: () =>
      following.then(
        ({ close }) => close(),
        () => undefined,
      ),
  };
}
