import type { TraceStep, Tracing } from '@siaga/runtime';
import type { OutgoingMessage, StreamMessage } from './message.js';

/** The traces that a micro-batch belongs to: one for each of its messages that carries a header, mostly none. */
export interface FollowedTraces {
  /** What follows from the batch, with the header of the message of the same key. */
  carry(messages: readonly OutgoingMessage[]): readonly OutgoingMessage[];
  end(): void;
}

const NONE: FollowedTraces = { carry: (messages) => messages, end: () => undefined };
const HEADER = 'traceparent';

/** @param what the step is called in the trace */
export function followTraces(messages: readonly StreamMessage[], tracing: Tracing, what: string): FollowedTraces {
  if (!tracing.on) return NONE;
  const steps = new Map<string, TraceStep>();
  for (const { key, headers, topic, partition } of messages) {
    const header = headers[HEADER];
    const from = { 'messaging.destination.name': topic, 'messaging.destination.partition.id': String(partition) };
    const step = header === undefined ? undefined : tracing.follow(String(header), what, from);
    if (!step) continue;
    // A post that comes twice in a batch has a span for each, and its results belong to the later one.
    steps.get(String(key))?.end('repeated');
    steps.set(String(key), step);
  }
  if (steps.size === 0) return NONE;
  return {
    carry: (outgoing) =>
      outgoing.map((message) => {
        const step = steps.get(String(message.key));
        return step ? { ...message, headers: { ...message.headers, ...step.headers } } : message;
      }),
    end: () => steps.forEach((step) => step.end()),
  };
}
