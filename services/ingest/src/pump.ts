import type { Topics } from '@siaga/contracts';
import { loadCursor, saveCursor, type Database } from '@siaga/storage';
import { deadLetter, type OutgoingMessage, type StreamProducer } from '@siaga/stream';
import type { IngestMetrics } from './metrics.js';
import type { EncodedPost } from './normal-form.js';
import type { RawPost, Refusal, Source, SourceBatch, SourceEvent } from './sources/source.js';

export interface PumpOptions {
  readonly db: Database;
  readonly producer: StreamProducer;
  readonly topics: Topics;
  readonly metrics: IngestMetrics;
  readonly normalForm: (raw: RawPost, source: string) => EncodedPost | Refusal;
}

/**
 * Pumps one source into `siaga.posts` until it ends or is told to stop. The cursor is saved only after Kafka has
 * acknowledged what lies before it: a crash repeats at most one batch, under the same post ids.
 *
 * @throws what the source, Kafka or the database throws; pumping again goes on from the last saved cursor
 */
export async function pump(source: Source, options: PumpOptions, signal: AbortSignal): Promise<void> {
  const { db, producer, topics } = options;
  const cursor = await loadCursor(db, source.name);
  for await (const batch of source.open(cursor, signal)) {
    const { posts, refused } = sort(source, batch, options);
    await producer.send([
      { topic: topics.posts.name, messages: posts },
      { topic: topics.deadLetters.name, messages: refused },
    ]);
    await saveCursor(db, source.name, batch.cursor);
    if (signal.aborted) return;
  }
}

function sort(source: Source, batch: SourceBatch, { metrics, normalForm }: PumpOptions) {
  const posts: OutgoingMessage[] = [];
  const refused: OutgoingMessage[] = [];
  for (const event of batch.events) {
    const result = 'refused' in event.post ? event.post : normalForm(event.post, source.name);
    if ('refused' in result) refused.push(refusalLetter(source, event, result));
    else posts.push({ key: result.id, value: result.bytes });
  }
  metrics.events.inc({ source: source.name, outcome: 'post' }, posts.length);
  metrics.events.inc({ source: source.name, outcome: 'refused' }, refused.length);
  if (batch.events.length > 0) metrics.lastEvent.set({ source: source.name }, Date.now() / 1000);
  return { posts, refused };
}

/** What a source brought and is no post goes where every other unreadable message goes. */
function refusalLetter(source: Source, event: SourceEvent, { refused, detail }: Refusal): OutgoingMessage {
  const message = {
    topic: `source:${source.name}`,
    partition: 0,
    offset: event.position,
    key: null,
    value: event.raw,
    headers: {},
    timestamp: Date.now(),
  };
  return deadLetter(message, { reason: refused, detail, step: 'ingest' });
}
