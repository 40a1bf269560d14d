import { createRequire } from 'node:module';

/**
 * kafkajs 2.2.4 has no maintainer, and two of its functions cost a producer a fifth of its time: one copies a list anew for every message
 * that joins it, the other fills half a kilobyte with zeros for every record. They are replaced here by functions that give the same
 * result, which a test holds. See kafkajs.ts. Another version is left alone.
 */
const REPAIRED_VERSION = '2.2.4';

const load = createRequire(import.meta.url);

interface Encoder {
  buf: Buffer;
  offset: number;
}

export interface RecordFields {
  readonly offsetDelta?: number;
  readonly timestampDelta?: number;
  readonly key: string | Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: Readonly<Record<string, unknown>>;
}

type EncodeRecord = (record: RecordFields) => Encoder;
type Partitioner = (given: { topic: string; partitionMetadata: readonly unknown[]; message: unknown }) => number;
export interface Grouping {
  readonly topic: string;
  readonly partitionMetadata: readonly unknown[];
  readonly messages: readonly unknown[];
  readonly partitioner: Partitioner;
}

const ENCODER = 'kafkajs/src/protocol/encoder';
const RECORD = 'kafkajs/src/protocol/recordBatch/record/v0';
const GROUPING = 'kafkajs/src/producer/groupMessagesPerPartition';

export function groupPerPartition({ topic, partitionMetadata, messages, partitioner }: Grouping) {
  const groups: Record<number, unknown[]> = {};
  if (partitionMetadata.length === 0) return groups;
  for (const message of messages) (groups[partitioner({ topic, partitionMetadata, message })] ??= []).push(message);
  return groups;
}

/** Longer deltas and headers are rare: kafkajs' own function encodes those. */
const MOST_DELTA = 2 ** 29;

/**
 * @param encoder the class whose instances kafkajs writes into a batch: a buffer and how much of it is filled
 * @param otherwise kafkajs' own function
 * @returns the record in the format of Kafka's protocol, "Record (v2)", in a buffer of its exact size
 */
export const recordEncoder =
  (encoder: { prototype: Encoder }, otherwise: EncodeRecord): EncodeRecord =>
  (record) => {
    const { offsetDelta = 0, timestampDelta = 0, key, value, headers } = record;
    const isPlain = timestampDelta >= 0 && timestampDelta < MOST_DELTA && offsetDelta < MOST_DELTA;
    if (headers !== undefined || key === null || value === null || !isPlain) return otherwise(record);
    const keySize = Buffer.byteLength(key);
    const bodySize =
      1 +
      [timestampDelta, offsetDelta, keySize, value.length].reduce((sum, n) => sum + sizeOfVarint(n), 0) +
      keySize +
      value.length +
      1;
    const buf = Buffer.allocUnsafe(sizeOfVarint(bodySize) + bodySize);
    let at = writeVarint(buf, 0, bodySize);
    buf[at++] = 0; // attributes: none are defined
    at = writeVarint(buf, at, timestampDelta);
    at = writeVarint(buf, at, offsetDelta);
    at = writeVarint(buf, at, keySize);
    if (typeof key === 'string') buf.write(key, at);
    else buf.set(key, at);
    at = writeVarint(buf, at + keySize, value.length);
    buf.set(value, at);
    buf[at + value.length] = 0; // headers: none
    return Object.assign(Object.create(encoder.prototype) as Encoder, { buf, offset: buf.length });
  };

/** Of a number from 0 to 2^29, as zigzag and base 128. */
function sizeOfVarint(n: number): number {
  let size = 1;
  for (let rest = n << 1; rest > 127; rest >>>= 7) size++;
  return size;
}

function writeVarint(buf: Buffer, from: number, n: number): number {
  let at = from;
  let rest = n << 1;
  for (; rest > 127; rest >>>= 7) buf[at++] = (rest & 127) | 128;
  buf[at++] = rest;
  return at;
}

/** What kafkajs does unrepaired, for the test. */
export const unrepaired = {
  encoder: load(ENCODER) as { prototype: Encoder },
  record: load(RECORD) as EncodeRecord,
  grouping: load(GROUPING) as typeof groupPerPartition,
};

function replace(module: string, exports: unknown): void {
  const cached = load.cache[load.resolve(module)];
  if (cached) cached.exports = exports;
}

if ((load('kafkajs/package.json') as { version: string }).version === REPAIRED_VERSION) {
  replace(GROUPING, groupPerPartition);
  replace(RECORD, recordEncoder(unrepaired.encoder, unrepaired.record));
}
