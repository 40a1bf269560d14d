import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { TransientError, type Logger } from '@siaga/runtime';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { SECURITY_HEADERS } from './security-headers.js';

/** The form of every error answer (RFC 9457). */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.Optional(Type.String()),
  /** What is wrong with which part of the request. */
  errors: Type.Optional(Type.Array(Type.Object({ in: Type.String(), detail: Type.String() }))),
});
export type Problem = Static<typeof Problem>;

/** An error whose message is meant for the client. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  constructor(
    readonly status: number,
    message: string,
    readonly retryAfterSeconds?: number,
    /** Members of the problem besides the standard's. */
    readonly members: object = {},
  ) {
    super(message);
  }
}

/** A parameter that fits its schema and cannot be used all the same. */
export class FieldError extends RequestError {
  constructor(
    readonly field: string,
    readonly problem: string,
  ) {
    super(400, `${field} ${problem}`);
  }
}

const RETRY_AFTER_SECONDS = 5;

/** Answers whatever goes wrong as problem+json; only what is meant for the client leaves the process. */
export function answerProblems(app: FastifyInstance, log: Logger): void {
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, { status: 404, detail: 'there is nothing here' }));
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply, log));
}

export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply, log: Logger) {
  if (error.validation) {
    const part = error.validationContext ?? 'request';
    const errors = error.validation.map(({ instancePath, message }) => ({
      in: `${part}${instancePath}`,
      detail: message ?? 'is not valid',
    }));
    return sendProblem(reply, { status: 400, detail: 'the request does not fit its schema', errors });
  }
  if (error instanceof RequestError) {
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
    const { status, message: detail } = error;
    const errors = error instanceof FieldError && [{ in: `querystring/${error.field}`, detail: error.problem }];
    return sendProblem(reply, { ...error.members, status, detail, ...(errors && { errors }) });
  }
  if (error instanceof TransientError) {
    log.warn({ err: error, route: request.routeOptions.url }, 'database out of reach');
    reply.header('retry-after', String(RETRY_AFTER_SECONDS));
    return sendProblem(reply, { status: 503, detail: 'the database is out of reach' });
  }
  const status = error.statusCode ?? 500;
  if (status < 500) return sendProblem(reply, { status, detail: error.message });
  log.error({ err: error, route: request.routeOptions.url }, 'request failed');
  return sendProblem(reply, { status: 500 });
}

const UNREADABLE: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'the address and the headers are larger than 16 KiB together'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request took too long to arrive'],
};

/** Answers what cannot be read as a request, before there is one; then the connection ends. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, detail] = UNREADABLE[error.code ?? ''] ?? [400, 'this cannot be read as an HTTP request'];
  const title = STATUS_CODES[status] ?? 'Error';
  const body = JSON.stringify({ type: 'about:blank', title, status, detail } satisfies Problem);
  const headers = Object.entries({
    ...SECURITY_HEADERS,
    ...{ 'cache-control': 'no-store', 'content-type': 'application/problem+json', connection: 'close' },
    'content-length': Buffer.byteLength(body),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${headers.join('')}\r\n${body}`);
}

function sendProblem(reply: FastifyReply, problem: Omit<Problem, 'type' | 'title'>) {
  const body: Problem = { type: 'about:blank', title: STATUS_CODES[problem.status] ?? 'Error', ...problem };
  // Serialised here: a route's response schema describes its answers, not its errors.
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .header('content-type', 'application/problem+json')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body);
}
