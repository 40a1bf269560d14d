import { kafkaClient, type StreamOptions } from './client.js';
import { Partitioners } from './kafkajs.js';
import type { OutgoingBatch, OutgoingMessage } from './message.js';
import type { StreamMetrics } from './metrics.js';

export interface StreamProducer {
  /**
   * Resolves when every in-sync replica has all of it.
   *
   * @throws when Kafka stays out of reach for about 45 s; some of the messages may have been written
   */
  send(batches: readonly OutgoingBatch[]): Promise<void>;
  close(): Promise<void>;
}

export async function connectProducer(options: StreamOptions, metrics?: StreamMetrics): Promise<StreamProducer> {
  const producer = kafkaClient(options).producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  return {
    async send(batches) {
      for (const request of requestsOf(batches)) {
        const topicMessages = request.map(({ topic, messages }) => ({ topic, messages: [...messages] }));
        await producer.sendBatch({ topicMessages, acks: -1 });
        for (const { topic, messages } of request) metrics?.produced.inc({ topic }, messages.length);
      }
    },
    close: () => producer.disconnect(),
  };
}

/** Brokers bound the size of a record batch, which is all that one request brings for one partition. */
const MAX_REQUEST_BYTES = 1024 * 1024;

/** Splits what is to be sent into requests of at most a mebibyte; a single larger message travels alone. */
export function requestsOf(batches: readonly OutgoingBatch[]): OutgoingBatch[][] {
  const requests: { topic: string; messages: OutgoingMessage[] }[][] = [];
  let request: { topic: string; messages: OutgoingMessage[] }[] = [];
  let bytes = 0;
  for (const { topic, messages } of batches) {
    let part: { topic: string; messages: OutgoingMessage[] } | undefined;
    for (const message of messages) {
      const size = (message.value?.length ?? 0) + (message.key?.length ?? 0);
      if (bytes > 0 && bytes + size > MAX_REQUEST_BYTES) {
        requests.push(request);
        request = [];
        part = undefined;
        bytes = 0;
      }
      if (!part) request.push((part = { topic, messages: [] }));
      part.messages.push(message);
      bytes += size;
    }
  }
  if (request.length > 0) requests.push(request);
  return requests;
}
