import { aliveCredentials, type Credential, type Queryable, type SessionLimits } from '@siaga/storage';
import { permissionsOf } from '../auth/permissions.js';

const LOOK_EVERY_MS = 5_000;

/** A stream that somebody's credential let in. */
export interface AdmittedStream {
  /** Null for the anonymous reader, who has none to lose. */
  readonly credential: Credential | null;
  end(): void;
}

/**
 * Ends the streams whose session or token has ended, expired or been taken back, or whose account may no longer read. One
 * question tells it for all of them; while none is open, none is asked.
 */
export function endWithoutAccess(options: {
  readonly db: Queryable;
  readonly session: Pick<SessionLimits, 'idleMs'>;
  readonly streams: () => Iterable<AdmittedStream>;
  readonly onError: (error: unknown) => void;
  readonly everyMs?: number | undefined;
}): { close: () => Promise<void> } {
  let looking: Promise<void> = Promise.resolve();
  let busy = false;
  const look = async () => {
    const streams = [...options.streams()].flatMap(({ credential, end }) => (credential ? [{ credential, end }] : []));
    if (streams.length === 0) return;
    const ids = new Set(streams.map(({ credential }) => credential.id));
    const alive = await aliveCredentials(options.db, [...ids], options.session);
    const reads = new Set(
      alive
        .filter(({ role, scope }) => permissionsOf(role).has('read') && (scope === null || scope.includes('read')))
        .map(({ id }) => id),
    );
    for (const { credential, end } of streams) if (!reads.has(credential.id)) end();
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    looking = look()
      .catch(options.onError)
      .finally(() => (busy = false));
  }, options.everyMs ?? LOOK_EVERY_MS);
  return {
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}
