import { createHash } from 'node:crypto';
import {
  appendEvidence,
  evidenceOf,
  findNotice,
  noticeRevisions,
  recordAnswer,
  type Database,
  type Queryable,
} from '@siaga/storage';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { NotifyMetrics } from './metrics.js';
import type { Verifier } from './signatures.js';

const BODY_LIMIT_BYTES = 64 * 1024;

/** States that Siaga acts on; a platform may use others, which are kept as they are. */
const KNOWN_STATES = new Set(['received', 'under_review', 'actioned', 'rejected', 'needs_info', 'disputed']);

const Answer = Compile(
  Type.Object({
    state: Type.String({ pattern: '^[a-z][a-z_]{0,39}$' }),
    reason: Type.Optional(Type.String({ maxLength: 4_000 })),
    /** The platform's own number for the case. */
    reference: Type.Optional(Type.String({ maxLength: 200 })),
  }),
);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

class Problem extends Error {
  constructor(
    readonly status: number,
    title: string,
  ) {
    super(title);
  }
}

/**
 * Takes platforms' answers: `POST /v1/notices/{id}/answer`, signed after Standard Webhooks with the platform's answer
 * secret. Repeats of one `webhook-id` change nothing. `GET /v1/notices/{id}` and its `/evidence`, signed in the same way over
 * an empty body, tell the platform where its notice stands. Errors are RFC 9457 problem details.
 */
export function answersApp(options: {
  db: Database;
  /** Of a platform's signatures. */
  verifierOf: (platform: string) => Verifier | undefined;
  metrics: NotifyMetrics;
}): FastifyInstance {
  const { db, verifierOf, metrics } = options;
  const app = Fastify({ bodyLimit: BODY_LIMIT_BYTES, requestTimeout: 10_000, forceCloseConnections: true });
  // The signature covers the bytes as sent, so they must not be parsed before it is checked.
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

  /** @throws Problem alike for an unknown notice and a bad signature: strangers learn nothing about what exists */
  const signed = async (request: FastifyRequest<{ Params: { id: string } }>) => {
    const noticeId = request.params.id.toLowerCase();
    const notice = UUID.test(noticeId) ? await findNotice(db, noticeId) : undefined;
    const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
    if (notice && verifierOf(notice.platform)?.(body, request.headers)) return { notice, noticeId, body };
    throw new Problem(401, 'The signature is missing or wrong.');
  };

  app.get<{ Params: { id: string } }>('/v1/notices/:id', async (request, reply) => {
    const { notice, noticeId } = await signed(request);
    const { category, urgency, dueAt, answerState } = notice;
    const revisions = await noticeRevisions(db, noticeId);
    reply.header('cache-control', 'no-store');
    return { notice_id: noticeId, category, urgency, due_at: dueAt, answer_state: answerState, revisions };
  });

  app.get<{ Params: { id: string } }>('/v1/notices/:id/evidence', async (request, reply) => {
    const { noticeId } = await signed(request);
    const rows = await evidenceOf(db, noticeId);
    reply.header('cache-control', 'no-store');
    return {
      notice_id: noticeId,
      rows: rows.map(({ seq, recordedAt, event, body, hash }) => ({
        ...{ seq, at: recordedAt, event, hash },
        body: JSON.parse(body) as object,
      })),
    };
  });

  app.post<{ Params: { id: string } }>('/v1/notices/:id/answer', async (request, reply) => {
    const { notice, noticeId, body } = await signed(request);
    const answer = parse(body);
    const answerId = `${notice.platform}:${String(request.headers['webhook-id'])}`;
    const recorded = await db.transaction((tx) => keep(tx, { ...answer, answerId, noticeId }));
    if (recorded) {
      const state = KNOWN_STATES.has(answer.state) ? answer.state : 'other';
      metrics.answers.inc({ platform: notice.platform, state });
    }
    return reply.code(200).send({ notice_id: noticeId, state: answer.state, recorded });
  });
  return app;
}

/** @returns false when the answer was known already */
async function keep(
  tx: Queryable,
  answer: { answerId: string; noticeId: string; state: string; reason?: string; reference?: string },
): Promise<boolean> {
  if (!(await recordAnswer(tx, answer))) return false;
  const { answerId, noticeId, state, reason } = answer;
  // The platform's words may quote the post.
  const reasonSha256 = reason === undefined ? null : createHash('sha256').update(reason).digest('hex');
  await appendEvidence(tx, [{ event: 'answer-received', subject: noticeId, body: { answerId, state, reasonSha256 } }]);
  return true;
}

function parse(body: string): { state: string; reason?: string; reference?: string } {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new Problem(400, 'The body is not JSON.');
  }
  if (Answer.Check(value) && !body.includes('\\u0000')) return value;
  const [error] = Answer.Errors(value);
  throw new Problem(400, `${error?.instancePath || '/'} ${error?.message ?? 'holds U+0000'}`);
}
