import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { deferred } from '@siaga/runtime';

export type EndReason = 'client' | 'slow' | 'database' | 'access' | 'shutdown';

const DRAIN_TIMEOUT_MS = 30_000;

/**
 * One open stream. What a client does not take in time is held up to a bound, then the client is cut off: it comes back
 * with its Last-Event-ID and catches up from the table, at its own pace.
 */
export class StreamClient {
  /** The latest flag written; the next one must be newer. */
  lastSeq: number;
  readonly #response: ServerResponse;
  readonly #maxBufferedBytes: number;
  readonly #onEnd: (reason: EndReason) => void;
  readonly #ended = deferred<void>();
  #over = false;

  constructor(
    response: ServerResponse,
    options: { lastSeq: number; maxBufferedBytes: number; onEnd: (reason: EndReason) => void },
  ) {
    this.#response = response;
    this.lastSeq = options.lastSeq;
    this.#maxBufferedBytes = options.maxBufferedBytes;
    this.#onEnd = options.onEnd;
    response.on('close', () => this.end('client'));
    response.on('error', () => this.end('client'));
  }

  /** Resolves when it is over. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  get over(): boolean {
    return this.#over;
  }

  write(chunk: string | Buffer): void {
    if (this.#over) return;
    this.#response.write(chunk);
    if (this.#response.writableLength > this.#maxBufferedBytes) this.end('slow');
  }

  /** Resolves when the client has taken what was written, or is gone. */
  async drained(): Promise<void> {
    if (this.#over || !this.#response.writableNeedDrain) return;
    const gone = new AbortController();
    const onClose = () => gone.abort();
    const timer = setTimeout(() => this.end('slow'), DRAIN_TIMEOUT_MS);
    this.#response.once('close', onClose);
    try {
      await once(this.#response, 'drain', { signal: gone.signal }).catch(() => undefined);
    } finally {
      clearTimeout(timer);
      this.#response.off('close', onClose);
    }
  }

  /** The first reason counts. A slow client's connection is cut, since it would not read an end either. */
  end(reason: EndReason): void {
    if (this.#over) return;
    this.#over = true;
    this.#ended.resolve();
    if (reason === 'slow') this.#response.destroy();
    else this.#response.end();
    this.#onEnd(reason);
  }
}
