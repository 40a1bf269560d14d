import { deferred } from '@siaga/runtime';

/** Asked for by Ctrl-C, SIGTERM or a closed terminal, or forced by a failure that starting again cannot mend. */
export interface StopRequest {
  /** Aborted when a stop is asked for. */
  readonly signal: AbortSignal;
  /** Resolves when a stop is asked for; rejects with the failure that forces one. */
  readonly requested: Promise<void>;
  readonly fail: (error: Error) => void;
  readonly failure: () => Error | undefined;
}

/** npm passes a Ctrl-C on to a process that the terminal has told already. */
const SAME_CTRL_C_MS = 1_000;

/** A second Ctrl-C ends this process at once; what it started dies with it or is ended at the next start. */
export function stopRequest(): StopRequest {
  const abort = new AbortController();
  const { promise, resolve, reject } = deferred<void>();
  promise.catch(() => undefined); // whoever does not await it looks at the signal
  let failure: Error | undefined;
  let askedAt = Infinity;
  const ask = () => {
    if (Date.now() - askedAt > SAME_CTRL_C_MS) process.exit(130);
    askedAt = Math.min(askedAt, Date.now());
    abort.abort();
    resolve();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  return {
    signal: abort.signal,
    requested: promise,
    fail(error) {
      failure ??= error;
      abort.abort();
      reject(error);
    },
    failure: () => failure,
  };
}
