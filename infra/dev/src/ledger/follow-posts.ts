import { setTimeout as wait } from 'node:timers/promises';
import { topicsOf } from '@siaga/contracts';
import { createLogger } from '@siaga/runtime';
import { openDatabase } from '@siaga/storage';
import { followTopics } from '@siaga/stream';
import type { ExpectedPosts } from '../fleet/sources.js';
import { readDatabaseCounts, seenToDelivered, type DatabaseCounts } from './database-counts.js';
import { createPostLedger, type PostLedger } from './post-ledger.js';
import type { Outcome } from './table.js';

const LOOK_EVERY_MS = 250;
/** Complete and unchanged for this long is complete: what the topics and Postgres tell arrives in any order. */
const SETTLED_MS = 1_500;
const STUCK_MS = 60_000;

export interface FollowOptions {
  readonly brokers: string;
  readonly databaseUrl: string;
  readonly platformUrl: string;
  /** Undefined as long as posts are still coming in. */
  readonly expected: () => ExpectedPosts | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}

export interface Followed {
  readonly outcome: Outcome;
  /** Every post came out at the other end; false after a minute without any progress. */
  readonly complete: boolean;
}

interface PlatformCounts {
  readonly received: number;
  readonly answered: number;
}

/**
 * Follows the posts through topics, Postgres and the demo platform until each is accounted for and each notice
 * delivered and answered, or until nothing has moved for a minute.
 */
export async function followPosts(options: FollowOptions): Promise<Followed> {
  const topics = topicsOf();
  const ledger = createPostLedger(topics);
  const db = openDatabase(options.databaseUrl, { applicationName: 'siaga-ledger', poolSize: 2 });
  const followed = [topics.posts, topics.verdicts, topics.flags, topics.deadLetters].map(({ name }) => name);
  const stream = { brokers: options.brokers, clientId: 'siaga-ledger', log: createLogger('ledger', 'silent') };
  const { close } = await followTopics({ ...stream, topics: followed }, (messages) => ledger.take(messages));
  try {
    let changedAt = Date.now();
    let before = '';
    let last: { counts: DatabaseCounts; platform: PlatformCounts } | undefined;
    for (;;) {
      options.signal.throwIfAborted();
      // The database or the platform may be restarting: then the last figures stand.
      last = await look(db, options.platformUrl).catch(() => last);
      const expected = options.expected();
      const now = JSON.stringify([ledger.arrived, ledger.scored, ledger.dropped, ledger.flags.size, last, expected]);
      if (now !== before) changedAt = Date.now();
      before = now;
      if (last) options.onProgress(progress(ledger, last.counts, expected));
      const complete = last !== undefined && expected !== undefined && isComplete(ledger, last, expected);
      const unchangedMs = Date.now() - changedAt;
      if (complete ? unchangedMs >= SETTLED_MS : expected !== undefined && unchangedMs >= STUCK_MS) {
        return {
          complete,
          outcome: await outcomeOf(ledger, last?.counts, expected, await seenToDelivered(db).catch(() => [])),
        };
      }
      await wait(LOOK_EVERY_MS);
    }
  } finally {
    await close().catch(() => undefined);
    await db.close();
  }
}

async function look(db: Parameters<typeof readDatabaseCounts>[0], platformUrl: string) {
  const [counts, response] = await Promise.all([
    readDatabaseCounts(db),
    fetch(`${platformUrl}/ledger`, { signal: AbortSignal.timeout(3_000) }),
  ]);
  return { counts, platform: (await response.json()) as PlatformCounts };
}

function isComplete(
  ledger: PostLedger,
  { counts, platform }: { counts: DatabaseCounts; platform: PlatformCounts },
  { lines, repeated }: ExpectedPosts,
): boolean {
  return (
    ledger.arrived >= lines - repeated &&
    ledger.unaccounted().length === 0 &&
    counts.flags >= ledger.flags.size &&
    counts.pending === 0 &&
    platform.answered === platform.received
  );
}

function progress(ledger: PostLedger, counts: DatabaseCounts, expected: ExpectedPosts | undefined): string {
  const of = expected ? `${expected.lines - expected.repeated}` : '?';
  return [
    `posts ${ledger.arrived} of ${of}`,
    `scored ${ledger.scored}`,
    `dead letters ${ledger.deadLetters.length}`,
    `flags ${counts.flags} of ${ledger.flags.size} recorded`,
    `notices ${counts.notices}, ${counts.pending} on their way, ${counts.delivered} delivered, ${counts.answered} answered`,
  ].join(' | ');
}

async function outcomeOf(
  ledger: PostLedger,
  counts: DatabaseCounts | undefined,
  { lines, repeated }: ExpectedPosts = { lines: 0, repeated: 0 },
  seenToDeliveredMs: readonly number[],
): Promise<Outcome> {
  const { arrived, scored, dropped, deadLetters } = ledger;
  const { campaigns = 0, notices = 0, delivered = 0, failed = 0, answered = 0 } = counts ?? {};
  return {
    ...{ expected: lines, repeated, arrived: arrived + repeated, scored, dropped, deadLetters },
    ...{ flags: ledger.flags.values(), unaccounted: ledger.unaccounted() },
    ...{ campaigns, notices, delivered, failed, answered, seenToDeliveredMs },
  };
}
