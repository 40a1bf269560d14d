/** An event of `text/event-stream`. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

const MAX_EVENT_LENGTH = 1024 * 1024;

/**
 * Reads server-sent events from the chunks they come in (WHATWG HTML, 9.2.6; without ids and retry times, which Mastodon
 * does not send).
 *
 * @throws Error when one event is larger than any status
 */
export function eventReader(): (chunk: Uint8Array) => ServerSentEvent[] {
  const decoder = new TextDecoder();
  let rest = '';
  let event = '';
  let data: string[] = [];
  return (chunk) => {
    const events: ServerSentEvent[] = [];
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n/);
    rest = lines.pop() ?? '';
    if (rest.length + data.reduce((sum, line) => sum + line.length, 0) > MAX_EVENT_LENGTH) {
      throw new Error(`the stream sends an event of more than ${MAX_EVENT_LENGTH} characters`);
    }
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) events.push({ event, data: data.join('\n') });
        event = '';
        data = [];
        continue;
      }
      const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (field === 'event') event = value;
      else if (field === 'data') data.push(value);
    }
    return events;
  };
}
