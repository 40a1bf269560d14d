import type { KafkaMessage } from 'kafkajs';

/** A message as it came from a topic. */
export interface StreamMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;
  /** Milliseconds since the epoch, as the producer or the broker stamped it. */
  readonly timestamp: number;
}

/** A message to be written. */
export interface OutgoingMessage {
  readonly key: string | Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: Readonly<Record<string, string | Buffer>>;
}

export interface OutgoingBatch {
  readonly topic: string;
  readonly messages: readonly OutgoingMessage[];
}

export function streamMessage(topic: string, partition: number, message: KafkaMessage): StreamMessage {
  const { offset, key, value, headers = {}, timestamp } = message;
  return { topic, partition, offset, key, value, headers, timestamp: Number(timestamp) };
}
