import { setTimeout as wait } from 'node:timers/promises';
import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { LRUCache } from 'lru-cache';
import PQueue from 'p-queue';
import {
  outboundClient,
  TransientError,
  type OutboundOptions,
  type OutboundRequest,
  type OutboundResponse,
  type OutboundStream,
} from '@siaga/runtime';

export interface Politeness {
  /** Requests at a time to one host, and per second where nothing else is asked for. */
  readonly concurrency: number;
  readonly perSecond: number;
  /** How many per second are asked for at a host, if any are. */
  readonly rateOf?: (host: string) => number | undefined;
  /** After so many failures in a row a host is left alone for a while. */
  readonly failures: number;
  readonly restMs: number;
}

export const POLITE: Politeness = { concurrency: 2, perSecond: 2, failures: 5, restMs: 60_000 };
const HOSTS_REMEMBERED = 10_000;
const SERVER_ERROR = 500;

/** The way out to the web that all sources of a worker share. */
export interface PoliteClient {
  /** As {@link outboundClient}'s; waits for its turn at the host. */
  request(url: string, request?: OutboundRequest): Promise<OutboundResponse>;
  stream(url: string, request?: OutboundRequest): Promise<OutboundStream>;
  /** The same client, for one whom it tells for how many seconds each request has waited for its turn. */
  hearing(onWait: (seconds: number) => void): PoliteClient;
  close(): Promise<void>;
}

interface Host {
  readonly queue: PQueue;
  readonly breaker: CircuitBreakerPolicy;
  /** When the next request may go, on the clock of `performance.now()`. */
  nextAt: number;
}

/**
 * Keeps to a few requests at a time and per second to any one host, however many sources lie there, and leaves a host alone
 * that fails again and again.
 */
export function politeClient(
  options: OutboundOptions,
  { concurrency, perSecond, rateOf, failures, restMs }: Politeness = POLITE,
): PoliteClient {
  const client = outboundClient(options);
  const hosts = new LRUCache<string, Host>({ max: HOSTS_REMEMBERED });
  const hostOf = (name: string): Host => {
    const known = hosts.get(name);
    if (known) return known;
    const host = {
      nextAt: 0,
      queue: new PQueue({ concurrency }),
      breaker: circuitBreaker(
        handleWhen((error) => error instanceof TransientError).orWhenResult(
          (answer) => (answer as { status: number }).status >= SERVER_ERROR,
        ),
        { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(failures) },
      ),
    };
    hosts.set(name, host);
    return host;
  };
  const inTurn = async <T>(
    url: string,
    { signal }: OutboundRequest,
    onWait: (seconds: number) => void,
    ask: () => Promise<T>,
  ): Promise<T> => {
    const name = new URL(url).host;
    const host = hostOf(name);
    const askedAt = performance.now();
    const work = async () => {
      const now = performance.now();
      const at = Math.max(now, host.nextAt);
      host.nextAt = at + 1_000 / (rateOf?.(name) ?? perSecond);
      if (at > now) await wait(at - now, undefined, signal ? { signal } : {});
      onWait((performance.now() - askedAt) / 1000);
      return host.breaker.execute(ask);
    };
    try {
      return (await host.queue.add(work, signal ? { signal } : {})) as T;
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw new TransientError(`${name} has failed ${failures} times in a row and is left alone`, {
        retryAfterMs: restMs,
      });
    }
  };
  const hearing = (onWait: (seconds: number) => void): PoliteClient => ({
    request: (url, request = {}) => inTurn(url, request, onWait, () => client.request(url, request)),
    stream: (url, request = {}) => inTurn(url, request, onWait, () => client.stream(url, request)),
    hearing,
    close: () => client.close(),
  });
  return hearing(() => undefined);
}
