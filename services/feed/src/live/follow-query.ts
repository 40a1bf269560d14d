import { setTimeout as wait } from 'node:timers/promises';
import type { FlagChange, QueryChanges } from '@siaga/storage';
import { serverSentEvent } from './server-sent-events.js';
import type { StreamClient } from './stream-client.js';

const PAGE = 100;
/** What changes in quick succession is read together: each client asks the database itself, since each asks for other flags. */
const GATHER_MS = 200;

/** Writes what happens to the flags of a query, at the client's pace, until the client is gone. */
export async function followQuery(
  client: StreamClient,
  {
    read,
    write,
    moved,
  }: {
    readonly read: (after: number, limit: number) => Promise<QueryChanges>;
    readonly write: (changes: readonly FlagChange[]) => void;
    /** Resolves at the next change of any flag. */
    readonly moved: () => Promise<void>;
  },
): Promise<void> {
  let isReady = false;
  while (!client.over) {
    // Taken before the look, so that no change falls between the two.
    const next = moved();
    const { changes, upTo } = await read(client.lastSeq, PAGE);
    client.lastSeq = upTo;
    write(changes);
    await client.drained();
    if (changes.length > 0 && changes.at(-1)?.seq === upTo) continue;
    if (!isReady) client.write(serverSentEvent('ready', { seq: upTo }, upTo));
    isReady = true;
    await Promise.race([next, client.ended]);
    await wait(GATHER_MS);
  }
}
