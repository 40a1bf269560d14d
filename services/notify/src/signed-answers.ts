import { evidenceOf, findNotice, noticeRevisions, takeAnswer, type Database } from '@siaga/storage';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { NotifyMetrics } from './metrics.js';
import { Problem } from './problem.js';
import { answerSchema, countAnswer, type Answer } from './answer-schema.js';
import type { Verifier } from '@siaga/outgoing';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type OfNotice = FastifyRequest<{ Params: { id: string } }>;

/**
 * For platforms' programs: `POST /v1/notices/{id}/answer`, signed after Standard Webhooks with the platform's answer keys.
 * Repeats of one `webhook-id` change nothing. `GET /v1/notices/{id}` and its `/evidence`, signed in the same way over an
 * empty body, tell the platform where its notice stands.
 */
export function signedAnswers(
  app: FastifyInstance,
  {
    db,
    verifierOf,
    metrics,
  }: { db: Database; verifierOf: (platform: string) => Verifier | undefined; metrics: NotifyMetrics },
): void {
  /** @throws Problem alike for an unknown notice and a bad signature: strangers learn nothing about what exists */
  const signed = async (request: OfNotice) => {
    const noticeId = request.params.id.toLowerCase();
    const notice = UUID.test(noticeId) ? await findNotice(db, noticeId) : undefined;
    const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
    if (notice && verifierOf(notice.platform)?.(body, request.headers)) return { notice, noticeId, body };
    throw new Problem(401, 'The signature is missing or wrong.');
  };

  app.get('/v1/notices/:id', async (request: OfNotice, reply) => {
    const { notice, noticeId } = await signed(request);
    const { category, urgency, dueAt, answerState } = notice;
    const revisions = await noticeRevisions(db, noticeId);
    reply.header('cache-control', 'no-store');
    return { notice_id: noticeId, category, urgency, due_at: dueAt, answer_state: answerState, revisions };
  });

  app.get('/v1/notices/:id/evidence', async (request: OfNotice, reply) => {
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

  app.post('/v1/notices/:id/answer', async (request: OfNotice, reply) => {
    const { notice, noticeId, body } = await signed(request);
    const answer = parse(body);
    const answerId = `${notice.platform}:${String(request.headers['webhook-id'])}`;
    const recorded = await db.transaction((tx) => takeAnswer(tx, { answerId, noticeId, answer }));
    if (recorded) countAnswer(metrics, notice.platform, answer.state);
    return reply.code(200).send({ notice_id: noticeId, state: answer.state, recorded });
  });
}

function parse(body: string): Answer {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new Problem(400, 'The body is not JSON.');
  }
  if (answerSchema.Check(value)) return value;
  const [error] = answerSchema.Errors(value);
  throw new Problem(400, `${error?.instancePath || '/'} ${error?.message ?? 'is not an answer'}`);
}
