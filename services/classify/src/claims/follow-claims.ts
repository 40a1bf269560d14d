import type { ClaimMatcher } from '@siaga/models';
import { followTopics, readSpans, topicSpan, type StreamOptions } from '@siaga/stream';
import { claimShelf } from './claim-shelf.js';
import type { KnownClaims } from './known-claims.js';

interface Following {
  readonly matcher: ClaimMatcher;
  /** Hears how many claims are held, whenever that may have changed. */
  readonly onTaken: (claims: number) => void;
  /** Hears when it no longer follows. */
  readonly onCrash: (error: unknown) => void;
}

/**
 * Reads the whole topic of claims, so that the first post is matched against all of them, and goes on as it changes, for which
 * nobody waits. Every worker holds all claims.
 */
export async function followClaims(
  stream: StreamOptions,
  topic: string,
  { matcher, onTaken, onCrash }: Following,
): Promise<{ readonly known: KnownClaims; close(): Promise<void> }> {
  const shelf = claimShelf(matcher);
  const take: typeof shelf.take = (messages) => {
    shelf.take(messages);
    onTaken(shelf.size);
  };
  const options = { ...stream, clientId: `${stream.clientId}-claims` };
  const span = await topicSpan(options, topic, { from: 0 });
  if (span) await readSpans(options, [span], take);
  // From the beginning once more: what is known changes nothing.
  const following = followTopics({ ...options, topics: [topic] }, take, onCrash);
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
