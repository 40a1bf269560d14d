import pg from 'pg';
import { asTransient, isUnheard } from './database-error.js';

type Row = Record<string, unknown>;

/** Runs one statement; a pool, a connection or a transaction alike. */
export interface Queryable {
  /** @throws TransientError when the database is out of reach or asks for another try */
  query<R extends object = Row>(sql: string, values?: readonly unknown[]): Promise<R[]>;
}

export interface Database extends Queryable {
  /** Commits when `work` resolves, rolls back when it throws. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;
/** After which a statement's end, which the server sees to, must have been heard of: else the connection is lost. */
const UNHEARD_MS = 2_000;
/**
 * A connection that is lost between two statements leaves its locks behind; others give up waiting for them after the time of a
 * statement.
 */
const IDLE_IN_TRANSACTION_MS = 20_000;
const KEEP_ALIVE_MS = 10_000;

/** Connects lazily: a database that is down shows in the first query, not here. */
export function openDatabase(
  url: string,
  options: {
    applicationName: string;
    poolSize?: number;
    onIdleError?: (error: Error) => void;
    /** Half a minute unless given. */
    statementTimeoutMs?: number;
  },
): Database {
  const { statementTimeoutMs = STATEMENT_TIMEOUT_MS } = options;
  const pool = new pg.Pool({
    connectionString: url,
    application_name: options.applicationName,
    max: options.poolSize ?? POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + UNHEARD_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
  });
  // A restart of the server closes idle connections; the pool replaces them at the next query.
  pool.on('error', (error) => {
    delete (error as { client?: unknown }).client; // the whole of it, in every log line
    options.onIdleError?.(error);
  });
  return {
    query: queryable(pool).query,
    async transaction(work) {
      const client = await pool.connect().catch(asTransient);
      const onError = () => undefined; // an error between queries also fails the next query, which reports it
      client.on('error', onError);
      let broken: Error | undefined;
      try {
        await client.query('begin').catch(asTransient);
        const result = await work(queryable(client));
        await client.query('commit').catch(asTransient);
        return result;
      } catch (error) {
        // Over a lost connection it would not be heard either.
        broken = isUnheard(error) ? (error as Error) : await rollback(client);
        throw error;
      } finally {
        client.off('error', onError);
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

const rollback = (client: pg.PoolClient): Promise<Error | undefined> =>
  client.query('rollback').then(
    () => undefined,
    (failure: Error) => failure,
  );

function queryable(client: pg.Pool | pg.PoolClient): Queryable {
  return {
    async query<R extends object>(sql: string, values: readonly unknown[] = []) {
      const result = await client.query<R>(sql, values as unknown[]).catch(asTransient);
      return result.rows;
    },
  };
}
