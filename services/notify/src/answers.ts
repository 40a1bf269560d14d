import type { Database } from '@siaga/storage';
import Fastify, { type FastifyInstance } from 'fastify';
import { answerLinks } from './answer-links.js';
import type { NotifyMetrics } from './metrics.js';
import { signedAnswers } from './signed-answers.js';
import type { Verifier } from '@siaga/outgoing';

const BODY_LIMIT_BYTES = 64 * 1024;

/** Takes platforms' answers, from their programs and from their people. Errors are RFC 9457 problem details. */
export function answersApp(options: {
  db: Database;
  /** Of a platform's signatures. */
  verifierOf: (platform: string) => Verifier | undefined;
  metrics: NotifyMetrics;
}): FastifyInstance {
  const app = Fastify({ bodyLimit: BODY_LIMIT_BYTES, requestTimeout: 10_000, forceCloseConnections: true });
  // A signature covers the bytes as sent, so they must not be parsed before it is checked.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error: Error & { status?: number; statusCode?: number }, _request, reply) => {
    const status = error.status ?? error.statusCode ?? 500;
    const title = status < 500 ? error.message : 'The answer could not be recorded; send it again later.';
    return reply.code(status).type('application/problem+json').send({ status, title });
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('application/problem+json').send({ status: 404, title: 'No such resource.' }),
  );
  signedAnswers(app, options);
  app.register((pages) => answerLinks(pages, options), { prefix: '/answer' });
  return app;
}
