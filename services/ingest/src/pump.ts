import type { Claim, Topics } from '@siaga/contracts';
import { NO_TRACING, type TraceStep, type Tracing } from '@siaga/runtime';
import { LeaseLost, recordClaims, saveCursor, type Database } from '@siaga/storage';
import { deadLetter, type OutgoingMessage, type StreamProducer } from '@siaga/stream';
import type { HeldLease } from './fleet/held-lease.js';
import type { HealthBook } from './fleet/source-health.js';
import type { IngestMetrics } from './metrics.js';
import { claimForm, type NormalForm } from './normal-form.js';
import type { RawPost, Refusal, Removal, Source, SourceBatch, SourceEvent } from './sources/source.js';

export interface PumpOptions {
  readonly db: Database;
  readonly producer: StreamProducer;
  readonly topics: Topics;
  readonly metrics: IngestMetrics;
  readonly normalForm: NormalForm;
  readonly tracing?: Tracing;
}

/**
 * Pumps one source into `siaga.posts` and the bank of claims until it ends or is told to stop. The cursor is saved only after
 * Kafka has acknowledged the posts that lie before it, and PostgreSQL has the claims: a crash repeats at most one batch, under the same post ids. A worker that was
 * stalled past the end of its lease sends nothing more.
 *
 * @throws LeaseLost when another worker has the source by now
 * @throws what the source, Kafka or the database throws; pumping again goes on from the last saved cursor
 */
export async function pump(
  source: Source,
  { lease, health, signal }: { lease: HeldLease; health: HealthBook; signal: AbortSignal },
  options: PumpOptions,
): Promise<void> {
  const { db, producer, topics } = options;
  for await (const batch of source.open(lease.cursor, signal)) {
    if (!lease.isValid()) throw new LeaseLost(lease.source);
    const { posts, departures, claims, refused, sent } = sort(lease, batch, options);
    await producer.send([
      { topic: topics.posts.name, messages: posts },
      { topic: topics.removals.name, messages: departures },
      { topic: topics.deadLetters.name, messages: refused },
    ]);
    if (claims.length > 0) await db.transaction((tx) => recordClaims(tx, claims, 'feed'));
    sent();
    await saveCursor(db, lease, batch.cursor);
    lease.cursor = batch.cursor;
    health.batch(posts.length + claims.length, refused.length, batch.at);
    if (signal.aborted) return;
  }
}

function sort(
  { source, recent }: HeldLease,
  batch: SourceBatch,
  { metrics, normalForm, tracing = NO_TRACING }: PumpOptions,
) {
  const posts: OutgoingMessage[] = [];
  const departures: OutgoingMessage[] = [];
  const claims: Claim[] = [];
  const refused: OutgoingMessage[] = [];
  const news: (RawPost | Removal)[] = [];
  const traces: TraceStep[] = [];
  const outcomes = { post: 0, edit: 0, removal: 0, departure: 0, claim: 0, refused: 0, repeated: 0 };
  const refuse = (event: SourceEvent, refusal: Refusal) => {
    outcomes.refused++;
    refused.push(refusalLetter(source, event, refusal));
  };
  for (const event of batch.events) {
    const { content } = event;
    if (content.kind === 'refusal') refuse(event, content);
    else if (content.kind === 'claim') {
      const claim = claimForm(content);
      if (claim.kind === 'refusal') {
        refuse(event, claim);
        continue;
      }
      outcomes.claim++;
      claims.push(claim.claim);
    } else if (content.kind !== 'departure' && recent.has(content)) outcomes.repeated++;
    else {
      const post = normalForm(content, source);
      if (post.kind === 'refusal') {
        refuse(event, post);
        continue;
      }
      outcomes[content.kind === 'post' && content.editedAt ? 'edit' : content.kind]++;
      const trace = content.kind === 'post' ? tracing.begin(post.id, 'ingest', { 'siaga.source': source }) : undefined;
      if (trace) traces.push(trace);
      const message = { key: post.id, value: post.bytes, ...(trace && { headers: trace.headers }) };
      if (content.kind === 'departure') {
        // No post, so nothing to classify; whichever of the author's posts comes first or last, it finds them all.
        departures.push(message);
        continue;
      }
      news.push(content);
      posts.push(message);
    }
  }
  const sent = () => {
    traces.forEach((trace) => trace.end());
    news.forEach(recent.add);
    for (const [outcome, number] of Object.entries(outcomes)) metrics.events.inc({ source, outcome }, number);
    metrics.bytes.inc({ source }, batch.bytes ?? 0);
    if (batch.events.length > 0) metrics.lastEvent.set({ source }, Date.now() / 1000);
    if (batch.at) metrics.lag.set({ source }, Math.max(0, Date.now() - batch.at.getTime()) / 1000);
  };
  return { posts, departures, claims, refused, sent };
}

/** What a source brought and is no post goes where every other unreadable message goes. */
function refusalLetter(source: string, event: SourceEvent, { reason, detail }: Refusal): OutgoingMessage {
  const message = {
    topic: `source:${source}`,
    partition: 0,
    offset: event.position,
    key: null,
    value: event.raw,
    headers: {},
    timestamp: Date.now(),
  };
  return deadLetter(message, { reason, detail, step: 'ingest' });
}
