import { setTimeout as wait } from 'node:timers/promises';
import { topicsOf } from '@siaga/contracts';
import { createLogger } from '@siaga/runtime';
import { outboxBacklog, type Database } from '@siaga/storage';
import { groupLag } from '@siaga/stream';
import { readDatabaseCounts } from '../ledger/database-counts.js';

const LOOK_EVERY_MS = 1_000;
const SETTLED_LOOKS = 4;
const STUCK_MS = 150_000;

interface Look {
  /** Messages that their group has not handled yet. */
  readonly lag: number;
  readonly pending: number;
  readonly unanswered: number;
  readonly outbox: number;
}

/**
 * Waits until everything that came in has gone all the way: no group has messages before it, nothing waits to be delivered,
 * published or answered.
 *
 * @returns what still waits after two and a half minutes in which nothing has moved; undefined when nothing does
 */
export async function settled(options: {
  readonly brokers: string;
  readonly db: Database;
  readonly platformUrl: string;
  readonly signal: AbortSignal;
  readonly onLook: (text: string) => void;
}): Promise<string | undefined> {
  let [before, movedAt, looks] = ['', Date.now(), 0];
  for (;;) {
    options.signal.throwIfAborted();
    const look = await lookAt(options).catch((error: Error) => error.message);
    const text = typeof look === 'string' ? look : tell(look);
    options.onLook(text);
    if (text !== before) [before, movedAt] = [text, Date.now()];
    looks = typeof look !== 'string' && Object.values(look).every((count) => count === 0) ? looks + 1 : 0;
    if (looks >= SETTLED_LOOKS) return undefined;
    if (Date.now() - movedAt > STUCK_MS) return text;
    await wait(LOOK_EVERY_MS);
  }
}

const tell = ({ lag, pending, unanswered, outbox }: Look) =>
  `${lag} messages to be handled, ${pending} deliveries and ${outbox} outbox entries on their way, ${unanswered} notices to be answered`;

async function lookAt({ brokers, db, platformUrl }: Parameters<typeof settled>[0]): Promise<Look> {
  const topics = topicsOf();
  const stream = { brokers, clientId: 'siaga-load', log: createLogger('load', 'silent'), retries: 3 };
  const [lags, counts, response, outbox] = await Promise.all([
    Promise.all(
      [
        ['siaga.classify', topics.posts.name] as const,
        ['siaga.notify', topics.flags.name] as const,
        ['siaga.notify-removals', topics.removals.name] as const,
      ].map(([group, topic]) => groupLag(stream, group, topic)),
    ),
    readDatabaseCounts(db),
    fetch(`${platformUrl}/ledger`, { signal: AbortSignal.timeout(5_000) }),
    outboxBacklog(db),
  ]);
  const { received, answered } = (await response.json()) as { received: number; answered: number };
  return {
    lag: lags.reduce((sum, lag) => sum + lag, 0),
    pending: counts.pending,
    unanswered: received - answered,
    outbox: outbox.events,
  };
}
