import type { SourceLease } from '@siaga/storage';
import { recentPosts, type RecentPosts } from '../recent-posts.js';

/** A lease in the hands of this worker. */
export interface HeldLease extends SourceLease {
  /** Where the source stands by now. */
  cursor: unknown;
  /** What was brought under this lease. */
  readonly recent: RecentPosts;
  /**
   * False from a little before the database lets others have the source. Asks this process' monotonic clock, which runs on
   * while the process is stopped: a worker that wakes up late finds out before it does anything.
   */
  isValid(): boolean;
  /** The database has confirmed the lease in a statement that was sent at that reading of `performance.now()`. */
  confirmed(sentAt: number): void;
}

export function heldLease(lease: SourceLease, validMs: number, sentAt: number): HeldLease {
  let validUntil = sentAt + validMs;
  return {
    ...lease,
    recent: recentPosts(),
    isValid: () => performance.now() < validUntil,
    confirmed(at) {
      validUntil = at + validMs;
    },
  };
}
