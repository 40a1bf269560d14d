import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

export interface ListenOptions {
  readonly applicationName: string;
  readonly channels: readonly string[];
  readonly onNotified: (channel: string) => void;
  /** Each time that the connection stands, the first time too: what was announced before is lost, so catch up now. */
  readonly onConnected: () => void;
  readonly onLost: (error: Error) => void;
  readonly pulseMs?: number;
}

const CONNECT_TIMEOUT_MS = 5_000;
/** A connection on which nothing is announced for hours is asked now and then whether it still stands. */
const PULSE_MS = 10_000;
const PULSE_TIMEOUT_MS = 5_000;
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 5_000;

/**
 * LISTENs on a connection of its own, which is opened again whenever it is lost. One per process is enough: the
 * notifications only say that there is something to read. Returns at once and never throws.
 */
export function listen(databaseUrl: string, options: ListenOptions): { close: () => Promise<void> } {
  const stop = new AbortController();
  const ended = keepListening(databaseUrl, options, stop.signal);
  return {
    async close() {
      stop.abort();
      await ended;
    },
  };
}

async function keepListening(databaseUrl: string, options: ListenOptions, signal: AbortSignal): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      await listenOnce(databaseUrl, options, signal, () => (pauseMs = FIRST_PAUSE_MS));
    } catch (error) {
      options.onLost(error as Error);
    }
    await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    pauseMs = Math.min(MAX_PAUSE_MS, pauseMs * 2);
  }
}

/** Resolves when asked to stop, throws when the connection is lost or never stood. */
async function listenOnce(
  databaseUrl: string,
  { applicationName, channels, onNotified, onConnected, pulseMs = PULSE_MS }: ListenOptions,
  signal: AbortSignal,
  stands: () => void,
): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: PULSE_TIMEOUT_MS,
  });
  let pulse: NodeJS.Timeout | undefined;
  let beat = () => undefined as void;
  const over = new Promise<Error | undefined>((resolve) => {
    client.on('error', resolve);
    client.on('end', () => resolve(new Error('the server closed the connection')));
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
    beat = () => {
      pulse = setTimeout(() => void client.query('select 1').then(beat, resolve), pulseMs);
    };
  });
  client.on('notification', ({ channel }) => onNotified(channel));
  try {
    await client.connect();
    for (const channel of channels) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    beat();
    stands();
    onConnected();
    const error = await over;
    if (error) throw error;
  } finally {
    clearTimeout(pulse);
    await client.end().catch(() => undefined);
  }
}
