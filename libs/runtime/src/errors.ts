/**
 * A failure that may pass by itself: a broker election, a closed connection, a 503. Only this is retried, with
 * bounded backoff; anything unknown ends the process without a commit, and the supervisor restarts it.
 */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  /** How long the other side asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options?: { cause?: unknown; retryAfterMs?: number }) {
    super(message, { cause: options?.cause });
    this.retryAfterMs = options?.retryAfterMs;
  }
}

/** Settings, a policy or a secrets file that cannot be used: the process ends with 78 (sysexits' EX_CONFIG). */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}
