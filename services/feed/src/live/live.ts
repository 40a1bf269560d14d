import type { ServerResponse } from 'node:http';
import { deferred, TransientError, type Logger } from '@siaga/runtime';
import {
  changesAfter,
  changesFor,
  type Credential,
  type FlagChange,
  type FlagFilters,
  type NoticeState,
  type Queryable,
} from '@siaga/storage';
import { DEFAULT_ACCESS } from '../auth/access.js';
import { flagItem, noticeItem, removedEvent } from '../flag-item.js';
import type { FeedMetrics } from '../metrics.js';
import { RequestError } from '../problem.js';
import { reviewItem, type DecisionEvent } from '../review.js';
import { endWithoutAccess } from './end-without-access.js';
import { tailFlags } from './flag-tail.js';
import { followQuery } from './follow-query.js';
import { watchNotices } from './notice-watch.js';
import { HEARTBEAT, RETRY_LINE, serverSentEvent } from './server-sent-events.js';
import { StreamClient, type EndReason } from './stream-client.js';

export interface Live {
  /**
   * Takes an event-stream response whose head is sent, writes every flag recorded after `after` (from now on when
   * undefined), every removal of a text and every decision since then, and then each new one as it happens, as long as the
   * credential that let it in holds.
   *
   * @param options.filters of the flags that it tells of, and then of no decisions; all when not given
   */
  serve(
    response: ServerResponse,
    after: number | undefined,
    options: { readonly credential: Credential | null; readonly filters?: FlagFilters | undefined },
  ): Promise<void>;
  /** @throws RequestError, TransientError when no further client can be served now */
  admit(): Promise<void>;
  wake(): void;
  resynchronise(): void;
  /** Ends all streams. Safe to call twice. */
  close(): Promise<void>;
}

export interface LiveOptions {
  readonly db: Queryable;
  readonly log: Logger;
  readonly metrics: FeedMetrics;
  readonly maxClients: number;
  readonly heartbeatMs?: number;
  readonly pollMs?: number;
  /** How often it looks whose credential has ended. */
  readonly accessMs?: number;
  readonly maxBufferedBytes?: number;
}

const HEARTBEAT_MS = 15_000;
const MAX_BUFFERED_BYTES = 1024 * 1024;
const CATCH_UP_PAGE = 100;
const RETRY_AFTER_SECONDS = 10;

/** The live side of the feed: one reader of the table for all clients. */
export function createLive(options: LiveOptions): Live {
  const { db, log, metrics, maxClients } = options;
  /** All that are open, and those among them that have caught up with the tail. */
  const open = new Map<StreamClient, Credential | null>();
  const caughtUp = new Set<StreamClient>();
  let closing = false;
  /** Resolves when the table has changed once more. */
  let moved = deferred<void>();

  const endAll = (reason: EndReason) => {
    for (const client of [...open.keys()]) client.end(reason);
  };
  const onError = (err: unknown) => log.warn({ err }, 'cannot read new flags, trying again');
  const tail = tailFlags({
    db,
    onError,
    // They come back and start from the new end.
    onReset: () => endAll('database'),
    ...(options.pollMs === undefined ? {} : { pollMs: options.pollMs }),
    onChanges(changes) {
      moved.resolve();
      moved = deferred();
      if (caughtUp.size === 0) return;
      const events = changes.map(changeEvent);
      const all = Buffer.from(events.map(({ text }) => text).join(''));
      const first = events[0]?.seq ?? 0;
      for (const client of caughtUp) {
        const newer = client.lastSeq < first ? events : events.filter(({ seq }) => seq > client.lastSeq);
        client.lastSeq = events.at(-1)?.seq ?? client.lastSeq;
        client.write(newer === events ? all : newer.map(({ text }) => text).join(''));
        countSent(newer);
      }
      for (const change of changes) {
        const happenedAt = timeOf(change);
        metrics.recordToStreamSeconds.observe((Date.now() - happenedAt.getTime()) / 1000);
      }
    },
  });
  const countSent = (events: readonly ChangeEvent[]) => {
    for (const { event } of events) metrics.eventsSent.inc({ event });
  };
  const notices = watchNotices({
    db,
    onError,
    isWatched: () => caughtUp.size > 0,
    onChanges(changed) {
      const all = Buffer.from(changed.map(noticeEvent).join(''));
      for (const client of caughtUp) client.write(all);
      metrics.eventsSent.inc({ event: 'notice' }, changed.length * caughtUp.size);
    },
  });
  const access = endWithoutAccess({
    ...{ db, onError, session: DEFAULT_ACCESS.session, everyMs: options.accessMs },
    streams: () => [...open].map(([client, credential]) => ({ credential, end: () => client.end('access') })),
  });
  const heartbeat = setInterval(() => {
    for (const client of open.keys()) client.write(HEARTBEAT);
  }, options.heartbeatMs ?? HEARTBEAT_MS);

  const writeTo = (client: StreamClient, changes: readonly FlagChange[]) => {
    const events = changes.map(changeEvent);
    client.write(events.map(({ text }) => text).join(''));
    countSent(events);
  };

  /** Writes what the client has missed, at its pace, until there is no step between it and the tail. */
  const catchUp = async (client: StreamClient) => {
    while (!client.over) {
      const end = tail.position ?? client.lastSeq;
      if (client.lastSeq >= end) return;
      const changes = await changesAfter(db, client.lastSeq, CATCH_UP_PAGE);
      // None, though the tail has been further: retention has deleted them.
      client.lastSeq = changes.at(-1)?.seq ?? end;
      writeTo(client, changes);
      await client.drained();
    }
  };

  return {
    async admit() {
      // Whoever comes in the first moments waits for them to pass, rather than being sent away.
      await tail.firstRead;
      if (closing) throw new RequestError(503, 'the feed is stopping', RETRY_AFTER_SECONDS);
      if (open.size >= maxClients) {
        metrics.streamsEnded.inc({ reason: 'full' });
        throw new RequestError(503, 'too many live streams are open', RETRY_AFTER_SECONDS);
      }
      if (tail.position === undefined) throw new TransientError('database: not reached yet');
    },
    async serve(response, after, { credential, filters }) {
      const position = tail.position ?? 0;
      const client = new StreamClient(response, {
        // A position beyond the end comes from another database, or from a list read a moment before the tail.
        lastSeq: Math.min(after ?? position, position),
        maxBufferedBytes: options.maxBufferedBytes ?? MAX_BUFFERED_BYTES,
        onEnd(reason) {
          open.delete(client);
          caughtUp.delete(client);
          metrics.streamClients.set(open.size);
          metrics.streamsEnded.inc({ reason });
        },
      });
      open.set(client, credential);
      metrics.streamClients.set(open.size);
      client.write(RETRY_LINE);
      try {
        if (filters) {
          await followQuery(client, {
            read: (seq, limit) => changesFor(db, filters, { after: seq, limit }),
            write: (changes) => writeTo(client, changes),
            moved: () => moved.promise,
          });
        } else await catchUp(client);
      } catch (err) {
        log.warn({ err }, 'stream ended while catching up, the client will resume');
        client.end('database');
      }
      if (client.over) return;
      // No await between the last look at the tail and here: nothing can come in between.
      caughtUp.add(client);
      client.write(serverSentEvent('ready', { seq: client.lastSeq }, client.lastSeq));
    },
    wake: tail.wake,
    resynchronise: tail.resynchronise,
    async close() {
      closing = true;
      clearInterval(heartbeat);
      endAll('shutdown');
      await Promise.all([tail.close(), notices.close(), access.close()]);
    },
  };
}

interface ChangeEvent {
  readonly seq: number;
  readonly event: 'flag' | 'audit' | 'debunked' | 'removed' | 'decision';
  /** As it is written to the streams. */
  readonly text: string;
}

function changeEvent(change: FlagChange): ChangeEvent {
  const { seq } = change;
  if ('removed' in change) {
    return { seq, event: 'removed', text: serverSentEvent('removed', removedEvent(seq, change.removed), seq) };
  }
  if ('debunked' in change)
    return { seq, event: 'debunked', text: serverSentEvent('debunked', flagItem(change.debunked), seq) };
  if ('decided' in change) {
    const { flagId, campaignId, review, into } = change.decided;
    const data = { flagId, campaignId, review: reviewItem(review), into } satisfies DecisionEvent;
    return { seq, event: 'decision', text: serverSentEvent('decision', data, seq) };
  }
  // Who listens for flags is alerted by them, which an audited post must not do.
  const event = change.recorded.auditShare === null ? 'flag' : 'audit';
  return { seq, event, text: serverSentEvent(event, flagItem(change.recorded), seq) };
}

function timeOf(change: FlagChange): Date {
  if ('decided' in change) return change.decided.decidedAt;
  if ('debunked' in change) return change.debunked.debunkedAt ?? change.debunked.recordedAt;
  return 'recorded' in change ? change.recorded.recordedAt : change.removed.removedAt;
}

function noticeEvent(state: NoticeState): string {
  const { campaignId, platform } = state;
  return serverSentEvent('notice', { campaignId, platform, notice: noticeItem(state) });
}
