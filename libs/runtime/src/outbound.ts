import { Agent, fetch, type Response } from 'undici';
import { allowedAddresses, checkedLookup, OutboundError, refuseUnlessAllowed } from './checked-lookup.js';
import { TransientError } from './errors.js';

export interface OutboundOptions {
  /** True only in tests and closed networks: lets requests reach private and loopback addresses. */
  readonly allowPrivateAddresses: boolean;
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
  /** How many redirects to follow, each checked again. */
  readonly redirects?: number;
  /** Gives up when aborted. */
  readonly signal?: AbortSignal;
}

export interface OutboundResponse {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly body: Buffer;
}

/**
 * The one way out to addresses that others chose. Only http and https; the address is checked after the name has been
 * resolved, on the very connection that is made, so that a name cannot change its answer in between.
 */
export function outboundClient(options: OutboundOptions) {
  const { allowPrivateAddresses, userAgent, timeoutMs, maxBodyBytes } = options;
  const isAllowed = allowedAddresses(allowPrivateAddresses);
  const agent = new Agent({ connect: { lookup: checkedLookup(isAllowed), timeout: timeoutMs } });

  async function exchange(url: URL, request: OutboundRequest): Promise<OutboundResponse> {
    const { method = 'GET', headers = {}, body = null, redirects = 0 } = request;
    refuseUnlessAllowed(url, ['http:', 'https:'], isAllowed);
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    try {
      const response = await fetch(url, {
        method,
        body,
        signal,
        redirect: 'manual',
        dispatcher: agent,
        headers: { 'user-agent': userAgent, ...headers },
      });
      const location = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && location && redirects > 0) {
        await response.body?.cancel();
        return await exchange(new URL(location, url), { ...request, redirects: redirects - 1 });
      }
      const content = await bounded(response, maxBodyBytes);
      return { status: response.status, header: (name) => response.headers.get(name), body: content };
    } catch (error) {
      throw asOutboundError(error, url);
    }
  }

  return {
    /**
     * @throws OutboundError when the address is refused or the answer too large
     * @throws TransientError when the other side is out of reach or too slow
     */
    request: (url: string, request: OutboundRequest = {}): Promise<OutboundResponse> => exchange(new URL(url), request),
    close: (): Promise<void> => agent.destroy(),
  };
}

export type OutboundClient = ReturnType<typeof outboundClient>;

async function bounded(response: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (response.body) {
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new OutboundError(`answer of more than ${maxBytes} bytes`);
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
