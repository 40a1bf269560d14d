import { TransientError } from '@siaga/runtime';

/** SQLSTATE classes and codes that pass by themselves (PostgreSQL manual, appendix A). */
const TRANSIENT_STATES = /^(08...|25P03|57P0[1-5]|53...|40001|40P01|55P03)$/;
const TRANSIENT_SYSTEM_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT']);
/** Errors that node-postgres raises without any code. */
const TRANSIENT_MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout)/;

/** Whether the server has said nothing for so long that the connection must be lost. */
export const isUnheard = (error: unknown): boolean => /Query read timeout/.test((error as Error).message);

/** Rethrows a database error, as a TransientError when another try may succeed. */
export function asTransient(error: unknown): never {
  const { code, message } = error as { code?: string; message?: string };
  const transient = code
    ? TRANSIENT_STATES.test(code) || TRANSIENT_SYSTEM_CODES.has(code)
    : TRANSIENT_MESSAGES.test(message ?? '');
  if (transient) throw new TransientError(`database: ${message ?? code}`, { cause: error });
  throw error;
}
