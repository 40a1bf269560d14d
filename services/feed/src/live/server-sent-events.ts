/**
 * One event in the text/event-stream format of the HTML standard. The data is JSON, which never holds a line break.
 *
 * @param id what `Last-Event-ID` will say when the client comes back; without one the client keeps the one before
 */
export function serverSentEvent(event: string, data: unknown, id?: number): string {
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  return `${idLine}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Keeps proxies from closing a quiet stream, and finds out about clients that are gone. */
export const HEARTBEAT = ':\n\n';

/** How long a client waits before it reconnects, in milliseconds. */
export const RETRY_LINE = 'retry: 2000\n\n';
