import Fastify, { type FastifyInstance } from 'fastify';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Notice, NoticeBook } from './notice-book.js';

/** What this platform reads of a notice; the rest is for its moderators. */
const NoticeBody = Compile(
  Type.Object({
    notice_id: Type.String({ minLength: 1 }),
    category: Type.String({ minLength: 1 }),
    answer_url: Type.String({ pattern: '^https?://' }),
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
}): FastifyInstance {
  const { webhook, book, onNotice } = options;
  const server = Fastify({ bodyLimit: BODY_BYTES_MAX, forceCloseConnections: true });
  // The signature is over the bytes as they came.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  server.post('/notices', (request, reply) => {
    const body = verified(webhook, request.body as string, request.headers as Record<string, string>);
    if (body === undefined) return reply.code(401).send({ error: 'the signature does not fit' });
    if (!NoticeBody.Check(body)) return reply.code(400).send({ error: 'not a notice' });
    const webhookId = String(request.headers['webhook-id']);
    const notice = { webhookId, noticeId: body.notice_id, category: body.category, answerUrl: body.answer_url };
    const isNew = book.receive(notice);
    if (isNew) onNotice(notice);
    return reply.send({ received: webhookId, repeat: !isNew });
  });
  server.get<{ Params: { webhookId: string } }>('/notices/:webhookId', ({ params }, reply) =>
    reply.code(book.has(params.webhookId) ? 200 : 404).send({ webhookId: params.webhookId }),
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
