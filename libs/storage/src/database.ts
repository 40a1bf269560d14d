import pg from 'pg';
import { asTransient } from './database-error.js';

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

/** Connects lazily: a database that is down shows in the first query, not here. */
export function openDatabase(
  url: string,
  options: { applicationName: string; poolSize?: number; onIdleError?: (error: Error) => void },
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: options.applicationName,
    max: options.poolSize ?? POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
  // A restart of the server closes idle connections; the pool replaces them at the next query.
  pool.on('error', (error) => options.onIdleError?.(error));
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
        broken = await client.query('rollback').then(
          () => undefined,
          (failure: Error) => failure,
        );
        throw error;
      } finally {
        client.off('error', onError);
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}

function queryable(client: pg.Pool | pg.PoolClient): Queryable {
  return {
    async query<R extends object>(sql: string, values: readonly unknown[] = []) {
      const result = await client.query<R>(sql, values as unknown[]).catch(asTransient);
      return result.rows;
    },
  };
}
