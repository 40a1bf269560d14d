import { expect } from '@jest/globals';
import { until } from '@siaga/testkit';

/** Follows a live stream, as an EventSource does, until it is closed. */
export function followStream<Data>(url: string, headers: Record<string, string> = {}) {
  const events: { event: string; id: number | undefined; data: Data }[] = [];
  const stop = new AbortController();
  let heartbeats = 0;
  const read = async () => {
    const answer = await fetch(url, { headers, signal: stop.signal });
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    let rest = '';
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        if (block === ':') heartbeats++;
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s)));
        if (!fields.data) continue;
        events.push({ event: fields.event, id: fields.id && Number(fields.id), data: JSON.parse(fields.data) });
      }
    }
  };
  const ended = read().then(
    () => 'by the server',
    (error: Error) => error.name,
  );
  return {
    events,
    ended,
    heartbeats: () => heartbeats,
    close: () => stop.abort(),
    ready: () => until('the stream is live', () => events.find(({ event }) => event === 'ready')),
  };
}
