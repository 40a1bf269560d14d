import { randomUUID } from 'node:crypto';
import { ACCOUNT_COLUMNS, logAccount, noteSeen, type Account } from './accounts.js';
import type { Database, Queryable } from './database.js';
import { newSecret, sha256 } from './secret.js';

export interface Session {
  readonly sessionId: string;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

export interface SessionLimits {
  /** How long a session may lie unused. */
  readonly idleMs: number;
  /** How long it may last, however busy. */
  readonly lifeMs: number;
}

/** A use is written down at most this often. */
const SEEN_EVERY_SECONDS = 60;
const USER_AGENT_MAX = 300;

const COLUMNS = `s.session_id as "sessionId", s.user_agent as "userAgent", s.created_at as "createdAt",
  s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt"`;

interface NewSession {
  readonly lifeMs: number;
  readonly userAgent?: string | undefined;
  /** For the evidence. */
  readonly how: string;
  /** The identity provider, where one vouched for them. */
  readonly issuer?: string;
}

/** @returns the session's secret, which is not kept anywhere */
export function openSession(db: Database, account: Account, session: NewSession): Promise<string> {
  const { lifeMs, userAgent, how, issuer } = session;
  return db.transaction(async (tx) => {
    const secret = newSecret();
    const sessionId = randomUUID();
    await tx.query(
      `insert into sessions (session_id, secret_sha256, account_id, user_agent, expires_at, issuer)
       values ($1, $2, $3, $4, now() + make_interval(secs => $5::double precision / 1000), $6)`,
      [
        ...[sessionId, sha256(secret), account.accountId, userAgent?.slice(0, USER_AGENT_MAX) ?? null, lifeMs],
        issuer ?? null,
      ],
    );
    await tx.query('delete from sessions where account_id = $1 and expires_at < now()', [account.accountId]);
    await tx.query('update accounts set last_seen_at = now() where account_id = $1', [account.accountId]);
    await logAccount(tx, 'signed-in', account, { sessionId, how });
    return secret;
  });
}

/** @returns whose session it is and its id, undefined when it has expired or ended, or its account is disabled */
export async function useSession(
  db: Queryable,
  secret: string,
  { idleMs }: Pick<SessionLimits, 'idleMs'>,
): Promise<(Account & { sessionId: string }) | undefined> {
  const [row] = await db.query<Account & { sessionId: string; seen: boolean }>(
    `select ${ACCOUNT_COLUMNS}, s.session_id as "sessionId",
            s.last_seen_at > now() - make_interval(secs => ${SEEN_EVERY_SECONDS}) as seen
       from sessions s join accounts a using (account_id)
      where s.secret_sha256 = $1 and s.expires_at > now() and a.disabled_at is null
        and s.last_seen_at > now() - make_interval(secs => $2::double precision / 1000)`,
    [sha256(secret), idleMs],
  );
  if (!row) return undefined;
  const { seen, ...session } = row;
  if (!seen) {
    await db.query(noteSeen('update sessions set last_seen_at = now() where session_id = $1'), [session.sessionId]);
  }
  return session;
}

/** Those of an account that can still be used. */
export function listSessions(
  db: Queryable,
  { accountId }: Account,
  { idleMs }: Pick<SessionLimits, 'idleMs'>,
): Promise<Session[]> {
  return db.query<Session>(
    `select ${COLUMNS} from sessions s
      where account_id = $1 and expires_at > now()
        and last_seen_at > now() - make_interval(secs => $2::double precision / 1000)
      order by last_seen_at desc`,
    [accountId, idleMs],
  );
}

/** @returns the ended session's identity provider, if it had one; undefined when the account has no such session */
export function endSession(
  db: Database,
  account: Account,
  sessionId: string,
): Promise<{ readonly issuer: string | null } | undefined> {
  return db.transaction(async (tx) => {
    const [ended] = await tx.query<{ issuer: string | null }>(
      'delete from sessions where account_id = $1 and session_id = $2 returning issuer',
      [account.accountId, sessionId],
    );
    if (!ended) return undefined;
    await logAccount(tx, 'signed-out', account, { sessionId });
    return ended;
  });
}
