import { postCodec, type Post } from '@siaga/contracts';
import { done, poison, type Outcome, type StreamMessage } from '@siaga/stream';

export interface DecodedBatch {
  readonly posts: readonly Post[];
  /** One per message, in order. */
  readonly outcomes: readonly Outcome[];
}

/** Reads the messages of `siaga.posts`; what cannot be read is poison, with the reason. */
export function decode(messages: readonly StreamMessage[]): DecodedBatch {
  const posts: Post[] = [];
  const outcomes = messages.map(({ value }) => {
    const decoded = postCodec.decode(value);
    if (!decoded.ok) return poison(decoded.reason, decoded.detail);
    posts.push(decoded.value);
    return done;
  });
  return { posts, outcomes };
}
