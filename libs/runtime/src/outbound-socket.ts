import { WebSocket, type RawData } from 'ws';
import { allowedAddresses, checkedLookup, OutboundError, refuseUnlessAllowed } from './checked-lookup.js';
import { deferred, type Deferred } from './deferred.js';
import { TransientError } from './errors.js';
import { retryAfterMs } from './retry-after.js';

export interface OutboundSocketOptions {
  /** True only in tests and closed networks: lets connections reach private and loopback addresses. */
  readonly allowPrivateAddresses: boolean;
  /** Names the fleet and a contact; some servers turn away who has none. */
  readonly userAgent: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as soon as the connection stands. */
  readonly hello?: string;
  readonly signal: AbortSignal;
  readonly maxMessageBytes: number;
  readonly connectTimeoutMs?: number;
  /** A peer from which neither a message nor a pong comes for this long counts as gone. */
  readonly silenceMs?: number;
}

const CONNECT_TIMEOUT_MS = 10_000;
const SILENCE_MS = 60_000;
const MAX_WAITING = 2_000;
const MAX_WAITING_BYTES = 8 * 1024 * 1024;

/** The peer answered the handshake with something other than a websocket. */
export class SocketRefused extends TransientError {
  constructor(
    host: string,
    readonly status: number,
    options?: { retryAfterMs?: number },
  ) {
    super(`${host} answered HTTP ${status} where a websocket was asked for`, options);
  }
}

/**
 * Connects to a websocket and gives the messages that have come since the last look, first an empty list when the
 * connection stands. A reader that does not come back for more lets the peer wait: what is held is bounded.
 * Ends when `signal` is aborted.
 *
 * @throws OutboundError when the address is refused
 * @throws SocketRefused when the peer speaks HTTP and opens no websocket
 * @throws TransientError when the peer is out of reach, falls silent or hangs up
 */
export async function* outboundSocket(address: string, options: OutboundSocketOptions): AsyncGenerator<Buffer[], void> {
  const { signal, silenceMs = SILENCE_MS, hello } = options;
  if (signal.aborted) return;
  const url = new URL(address);
  const isAllowed = allowedAddresses(options.allowPrivateAddresses);
  refuseUnlessAllowed(url, ['ws:', 'wss:'], isAllowed);
  const socket = new WebSocket(url, {
    lookup: checkedLookup(isAllowed),
    headers: { 'user-agent': options.userAgent, ...options.headers },
    handshakeTimeout: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    maxPayload: options.maxMessageBytes,
    followRedirects: false,
    // A small message could unfold into a very large one.
    perMessageDeflate: false,
  });
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let ended: Error | undefined;
  let isOpen = false;
  let news: Deferred<void> = deferred();
  let heardAt = performance.now();
  const heard = () => void (heardAt = performance.now());

  socket.on('open', () => {
    isOpen = true;
    if (hello !== undefined) socket.send(hello);
    news.resolve();
  });
  socket.on('message', (data: RawData) => {
    heard();
    const message = data as Buffer;
    waiting.push(message);
    waitingBytes += message.length;
    if (waiting.length >= MAX_WAITING || waitingBytes >= MAX_WAITING_BYTES) socket.pause();
    news.resolve();
  });
  socket.on('pong', heard);
  socket.on('unexpected-response', (request, response) => {
    const { statusCode: status = 0, headers } = response;
    // Others may say at any time when their window of requests ends.
    const asked = status === 429 ? retryAfterMs((name) => [headers[name]].flat()[0] ?? null) : undefined;
    ended ??= new SocketRefused(url.host, status, asked === undefined ? {} : { retryAfterMs: asked });
    request.destroy();
    news.resolve();
  });
  socket.on('error', (error) => (ended ??= asOutboundError(error, url)));
  socket.on('close', (code, reason) => {
    ended ??= new TransientError(
      `${url.host} closed the connection: ${code} ${reason.toString().slice(0, 100)}`.trim(),
    );
    news.resolve();
  });
  const close = () => socket.terminate();
  signal.addEventListener('abort', close);
  const pulse = setInterval(() => {
    // A paused peer cannot be heard.
    if (socket.isPaused) return heard();
    if (performance.now() - heardAt > silenceMs) {
      ended ??= new TransientError(`${url.host} has been silent for ${silenceMs / 1000} s`);
      socket.terminate();
    } else if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, silenceMs / 3);
  try {
    let announced = false;
    for (;;) {
      await news.promise;
      news = deferred();
      if (signal.aborted) return;
      const messages = waiting;
      waiting = [];
      waitingBytes = 0;
      if (messages.length > 0 || (isOpen && !announced)) {
        announced = true;
        yield messages;
      }
      if (ended) throw ended;
      socket.resume();
      if (waiting.length > 0) news.resolve();
    }
  } finally {
    clearInterval(pulse);
    signal.removeEventListener('abort', close);
    socket.terminate();
  }
}

function asOutboundError(error: Error, url: URL): Error {
  return error instanceof OutboundError ? error : new TransientError(`${url.host}: ${error.message}`, { cause: error });
}
