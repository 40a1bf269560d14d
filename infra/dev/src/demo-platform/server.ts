import { setTimeout as wait } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Mood } from './mood.js';
import type { Notice, NoticeBook } from './notice-book.js';

/** What this platform reads of a notice; the rest is for its moderators. */
const NoticeBody = Compile(
  Type.Object({
    notice_id: Type.String({ minLength: 1 }),
    category: Type.String({ minLength: 1 }),
    answer_url: Type.String({ pattern: '^https?://' }),
    revision: Type.Optional(Type.Integer()),
    urls: Type.Optional(Type.Array(Type.String())),
  }),
);

const BODY_BYTES_MAX = 1024 * 1024;

/**
 * A platform's inbox for notices: takes only what is signed, remembers it before it says so, and tells the sender
 * whether a webhook id was received, for the case that the sender died before it heard.
 */
export function createPlatform(options: {
  webhook: Webhook;
  book: NoticeBook;
  onNotice: (notice: Notice) => void;
  mood?: () => Mood;
}): FastifyInstance {
  const { webhook, book, onNotice, mood = (): Mood => ({}) } = options;
  let asked = 0;
  const server = Fastify({ bodyLimit: BODY_BYTES_MAX, forceCloseConnections: true });
  // The signature is over the bytes as they came.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  server.post('/notices', async (request, reply) => {
    const { delayMs, every, status = 503, taken } = mood();
    if (delayMs !== undefined) await wait(delayMs);
    const fails = every !== undefined && ++asked % every === 0;
    if (fails && !taken) return reply.code(status).send({ error: 'not now' });
    const body = verified(webhook, request.body as string, request.headers as Record<string, string>);
    if (body === undefined) return reply.code(401).send({ error: 'the signature does not fit' });
    if (!NoticeBody.Check(body)) return reply.code(400).send({ error: 'not a notice' });
    const webhookId = String(request.headers['webhook-id']);
    const { notice_id: noticeId, category, answer_url: answerUrl, revision, urls } = body;
    const notice = { webhookId, noticeId, category, answerUrl, at: Date.now(), revision, urls };
    const isNew = book.receive(notice);
    if (isNew) onNotice(notice);
    if (fails) return reply.code(status).send({ error: 'gave up waiting for myself' });
    return reply.send({ received: webhookId, repeat: !isNew });
  });
  server.get<{ Params: { webhookId: string } }>('/notices/:webhookId', ({ params }, reply) =>
    reply.code(book.asked(params.webhookId) ? 200 : 404).send({ webhookId: params.webhookId }),
  );
  server.get('/ledger', () => book.summary());
  return server;
}

function verified(webhook: Webhook, body: string, headers: Record<string, string>): unknown {
  try {
    return webhook.verify(body, headers);
  } catch (error) {
    if (error instanceof WebhookVerificationError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
