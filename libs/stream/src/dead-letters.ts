import type { OutgoingMessage, StreamMessage } from './message.js';

export interface DeadLetterReason {
  readonly reason: string;
  readonly detail: string;
  /** The step that gave up, such as `classify/decode`. */
  readonly step: string;
}

const PREFIX = 'siaga-dead-letter-';
/** Begins the "topic" of what a source could not read and never wrote to Kafka. */
const SOURCE = 'source:';

/**
 * The message as it came - key, value and headers untouched - with headers that say why and where it was given up,
 * so that it can be read by a person and replayed by a program.
 */
export function deadLetter(message: StreamMessage, { reason, detail, step }: DeadLetterReason): OutgoingMessage {
  const headers: Record<string, string | Buffer> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined && !name.startsWith(PREFIX)) headers[name] = last;
  }
  return {
    key: message.key,
    value: message.value,
    headers: {
      ...headers,
      [`${PREFIX}reason`]: reason,
      [`${PREFIX}detail`]: detail,
      [`${PREFIX}step`]: step,
      [`${PREFIX}topic`]: message.topic,
      [`${PREFIX}partition`]: String(message.partition),
      [`${PREFIX}offset`]: message.offset,
      [`${PREFIX}at`]: new Date().toISOString(),
    },
  };
}

/** Reads back what {@link deadLetter} wrote; fields are empty where a header is missing. */
export function readDeadLetter(
  message: StreamMessage,
): DeadLetterReason & { topic: string; offset: string; at: string } {
  const header = (name: string) => String(message.headers[PREFIX + name] ?? '');
  return {
    reason: header('reason'),
    detail: header('detail'),
    step: header('step'),
    topic: header('topic'),
    offset: `${header('partition')}:${header('offset')}`,
    at: header('at'),
  };
}

/**
 * @returns the message as it was before it was given up, for the topic it came from; undefined when it came from no topic, as
 *   what a source could not read does
 */
export function givenUpMessage(letter: StreamMessage): { topic: string; message: OutgoingMessage } | undefined {
  const { topic } = readDeadLetter(letter);
  if (topic === '' || topic.startsWith(SOURCE)) return undefined;
  const headers = Object.entries(letter.headers).flatMap(([name, value]) =>
    name.startsWith(PREFIX) || value === undefined || Array.isArray(value) ? [] : [[name, value] as const],
  );
  return { topic, message: { key: letter.key, value: letter.value, headers: Object.fromEntries(headers) } };
}
