import { stdSerializers, type SerializedError } from 'pino';

/** Fields in which PostgreSQL quotes the row or the statement's values (its manual, "Error and Notice Message Fields"). */
const QUOTING = ['detail', 'where', 'internalQuery'];
/** Class 22, data exceptions: there the message itself quotes the value. */
const DATA_EXCEPTION = /^22/;

/** An error as log lines show it: with its stack and causes, and without what a database quotes of people's posts. */
export function loggedError(error: Error): SerializedError {
  const shown = stdSerializers.err(error);
  for (const field of QUOTING) delete shown[field];
  const { severity, code } = error as { severity?: unknown; code?: unknown };
  if (severity === undefined || !DATA_EXCEPTION.test(String(code))) return shown;
  const message = `data exception ${String(code)}`;
  return { ...shown, message, stack: shown.stack?.replace(error.message, message) ?? '' };
}
