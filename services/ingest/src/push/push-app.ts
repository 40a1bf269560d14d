import type { Socket } from 'node:net';
import { NO_TRACING, type Logger, type TraceStep, type Tracing } from '@siaga/runtime';
import type { OutgoingMessage } from '@siaga/stream';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import type { IngestMetrics } from '../metrics.js';
import type { NormalForm } from '../normal-form.js';
import type { GatheredSend } from './gathered-send.js';
import { Problem, PROBLEM_TYPE, problemBody, type Fault } from './problem.js';
import type { PushEntry } from './push-entry.js';
import { readBatch } from './read-batch.js';

export interface PushOptions {
  /** @returns the sender whose token it is, if anybody's */
  readonly senderOf: (token: string) => PushEntry | undefined;
  readonly send: GatheredSend['send'];
  readonly normalForm: NormalForm;
  readonly tracing?: Tracing;
  readonly metrics: IngestMetrics;
  readonly log: Logger;
  /** For a whole request to arrive; tests shorten it. */
  readonly requestTimeoutMs?: number;
}

const MAX_BODY_BYTES = 4 * 1024 * 1024;
const REQUEST_TIMEOUT_MS = 10_000;
const CHECK_CONNECTIONS_MS = 1_000;
const KEEP_ALIVE_MS = 30_000;
const MAX_CONNECTIONS = 1_000;
const FAULTS_SHOWN = 20;
const NDJSON = 'application/x-ndjson';

/** `POST /v1/posts`: takes batches of posts from senders with a token, all of a batch or nothing. */
export function pushApp(options: PushOptions): FastifyInstance {
  const { log, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Node looks for connections that dawdle every 30 s unless told otherwise.
    http: {
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(CHECK_CONNECTIONS_MS, requestTimeoutMs),
    },
    clientErrorHandler: answerBrokenConnection,
    frameworkErrors: (error, _request, reply) => void answerError(error, reply, log),
  });
  app.server.maxConnections = MAX_CONNECTIONS;
  app.setNotFoundHandler((_request, reply) => answer(reply, new Problem(404, 'there is only POST /v1/posts')));
  app.setErrorHandler((error: FastifyError, _request, reply) => answerError(error, reply, log));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(['application/json', NDJSON], { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  app.decorateRequest('sender', null);
  // Before the body is read: strangers cost nothing.
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.url === undefined) return;
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const sender = token === undefined ? undefined : options.senderOf(token);
    if (!sender) throw new Problem(401, 'show a token of yours as "authorization: Bearer TOKEN"', WANTS_TOKEN);
    if (request.headers['content-encoding']) throw new Problem(415, 'send the body without content-encoding');
    request.setDecorator('sender', sender);
  });
  app.post('/v1/posts', async (request, reply) => {
    const sender = request.getDecorator<PushEntry>('sender');
    const isLines = request.headers['content-type']?.startsWith(NDJSON) ?? false;
    const { messages, traces } = messagesOf(request.body as Buffer, isLines, sender, options);
    await options.send(messages);
    traces.forEach((trace) => trace.end());
    options.metrics.events.inc({ source: sender.name, outcome: 'post' }, messages.length);
    options.metrics.bytes.inc({ source: sender.name }, (request.body as Buffer).length);
    options.metrics.lastEvent.set({ source: sender.name }, Date.now() / 1000);
    return reply.code(202).send({ accepted: messages.length });
  });
  return app;
}

const WANTS_TOKEN = { headers: { 'www-authenticate': 'Bearer' } };

/** @throws Problem 400 naming each post that cannot be taken; then none is */
function messagesOf(
  body: Buffer,
  isLines: boolean,
  sender: PushEntry,
  { normalForm, metrics, tracing = NO_TRACING }: PushOptions,
): { messages: OutgoingMessage[]; traces: TraceStep[] } {
  const messages: OutgoingMessage[] = [];
  const traces: TraceStep[] = [];
  const errors: Fault[] = [];
  readBatch(body, isLines, sender.platform ?? sender.name).forEach((raw, i) => {
    const result = raw.kind === 'refusal' ? raw : normalForm(raw, sender.name);
    if (result.kind === 'refusal') errors.push({ in: `posts[${i}]`, detail: `${result.reason}: ${result.detail}` });
    else {
      const trace =
        raw.kind === 'post' ? tracing.begin(result.id, 'ingest', { 'siaga.source': sender.name }) : undefined;
      if (trace) traces.push(trace);
      messages.push({ key: result.id, value: result.bytes, ...(trace && { headers: trace.headers }) });
    }
  });
  if (errors.length === 0) return { messages, traces };
  metrics.events.inc({ source: sender.name, outcome: 'refused' }, errors.length);
  throw new Problem(400, `${errors.length} of the posts cannot be taken, so none was`, {
    errors: errors.slice(0, FAULTS_SHOWN),
  });
}

function answerError(error: FastifyError | Problem, reply: FastifyReply, log: Logger) {
  if (error instanceof Problem) return answer(reply, error);
  const status = error.statusCode ?? 500;
  if (status < 500) return answer(reply, new Problem(status, error.message));
  log.error({ err: error }, 'push failed');
  return answer(
    reply,
    new Problem(503, 'the posts could not be taken: send them again later', { headers: { 'retry-after': '5' } }),
  );
}

function answer(reply: FastifyReply, { statusCode, message, more }: Problem) {
  return reply
    .code(statusCode)
    .headers(more.headers ?? {})
    .header('content-type', PROBLEM_TYPE)
    .send(problemBody(statusCode, message, more.errors));
}

/** What Node itself gives up on: requests that dawdle, or are no HTTP. */
function answerBrokenConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }[error.code ?? ''] ?? 400;
  const body = problemBody(
    status,
    status === 408 ? 'the request took too long to arrive' : 'the request is no HTTP that we read',
  );
  socket.end(
    `HTTP/1.1 ${status} -\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
