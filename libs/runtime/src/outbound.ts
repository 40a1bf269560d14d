import { Agent, fetch, type Response } from 'undici';
import { allowedAddresses, checkedLookup, OutboundError, refuseUnlessAllowed } from './checked-lookup.js';
import { TransientError } from './errors.js';

export interface OutboundOptions {
  /** True only in tests and closed networks: lets requests reach private and loopback addresses, or just those named. */
  readonly allowPrivateAddresses: boolean | ReadonlySet<string>;
  /** Names the fleet and a contact, as public services ask of their clients. */
  readonly userAgent: string;
  readonly timeoutMs: number;
  /** Of the body after decompression. */
  readonly maxBodyBytes: number;
}

export interface OutboundRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How many redirects to follow, each checked again; another origin does not get the credentials. */
  readonly redirects?: number;
  /** Gives up when aborted. */
  readonly signal?: AbortSignal;
}

interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | null;
}

export interface OutboundResponse extends Answer {
  readonly body: Buffer;
}

/** An answer that goes on for as long as anybody reads it. */
export interface OutboundStream extends Answer {
  /** @throws TransientError when the other side hangs up in the middle or falls silent */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Hangs up, whether anything was read or not. */
  close(): Promise<void>;
}

/** A stream from which nothing comes for this long has died; servers send something to show that it has not. */
const SILENCE_MS = 90_000;

/**
 * The one way out to addresses that others chose. Only http and https; the address is checked after the name has been
 * resolved, on the very connection that is made, so that a name cannot change its answer in between.
 */
export function outboundClient(options: OutboundOptions) {
  const { allowPrivateAddresses, userAgent, timeoutMs, maxBodyBytes } = options;
  const isAllowed = allowedAddresses(allowPrivateAddresses);
  const agent = new Agent({
    connect: { lookup: checkedLookup(isAllowed), timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: SILENCE_MS,
  });

  async function answerOf(url: URL, request: OutboundRequest, signal: AbortSignal | undefined): Promise<Response> {
    const { method = 'GET', headers = {}, body = null, redirects = 0 } = request;
    refuseUnlessAllowed(url, ['http:', 'https:'], isAllowed);
    const response = await fetch(url, {
      method,
      body,
      signal: signal ?? null,
      redirect: 'manual',
      dispatcher: agent,
      headers: { 'user-agent': userAgent, ...headers },
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || !location || redirects === 0) return response;
    await response.body?.cancel();
    const next = new URL(location, url);
    const kept = next.origin === url.origin ? headers : withoutCredentials(headers);
    return answerOf(next, { ...request, headers: kept, redirects: redirects - 1 }, signal);
  }

  async function exchange(url: URL, request: OutboundRequest): Promise<OutboundResponse> {
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    try {
      const response = await answerOf(url, request, signal);
      return { ...answer(response), body: await bounded(response, maxBodyBytes) };
    } catch (error) {
      throw asOutboundError(error, url);
    }
  }

  async function stream(url: URL, request: OutboundRequest): Promise<OutboundStream> {
    const response = await answerOf(url, request, request.signal).catch((error: unknown) => {
      throw asOutboundError(error, url);
    });
    return {
      ...answer(response),
      chunks: chunksOf(response, url),
      // A stream that is being read hangs up when its reader stops.
      close: async () => void (await response.body?.cancel().catch(() => undefined)),
    };
  }

  return {
    /**
     * @throws OutboundError when the address is refused or the answer too large
     * @throws TransientError when the other side is out of reach or too slow
     */
    request: (url: string, request: OutboundRequest = {}): Promise<OutboundResponse> => exchange(new URL(url), request),
    /** As `request`, for an answer without an end: neither its length nor its time is bounded. */
    stream: (url: string, request: OutboundRequest = {}): Promise<OutboundStream> => stream(new URL(url), request),
    close: (): Promise<void> => agent.destroy(),
  };
}

export type OutboundClient = ReturnType<typeof outboundClient>;

const answer = ({ status, headers }: Response): Answer => ({ status, header: (name) => headers.get(name) });

const CREDENTIALS = new Set(['authorization', 'cookie']);

function withoutCredentials(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !CREDENTIALS.has(name.toLowerCase())));
}

async function* chunksOf(response: Response, url: URL): AsyncGenerator<Uint8Array, void> {
  try {
    if (response.body) yield* response.body as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw asOutboundError(error, url);
  }
}

async function bounded(response: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (response.body) {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new OutboundError(`answer of more than ${maxBytes} bytes`, true);
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks);
}

/** `fetch` hides the reason in `cause`. */
function asOutboundError(error: unknown, url: URL): Error {
  if (error instanceof OutboundError || error instanceof TransientError) return error;
  const { cause } = error as { cause?: unknown };
  if (cause instanceof OutboundError) return cause;
  return new TransientError(
    `${url.host} did not answer: ${(cause as Error | undefined)?.message ?? (error as Error).message}`,
    {
      cause: error,
    },
  );
}
