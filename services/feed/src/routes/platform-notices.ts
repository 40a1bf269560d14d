import type { FastifyInstance } from 'fastify';
import {
  ANSWER_REASON_MAX,
  ANSWER_REFERENCE_MAX,
  ANSWER_STATES,
  answersOf,
  findPlatformNotice,
  listPlatformNotices,
  platformMessages,
  takeAnswer,
  type AnswerState,
  type Database,
} from '@siaga/storage';
import { randomUUID } from 'node:crypto';
import Type, { type Static } from 'typebox';
import { nameOf, type Visitor } from '../auth/visitor.js';
import type { FeedMetrics } from '../metrics.js';
import { platformNotice, PlatformNotice, platformNoticeDetail, PlatformNoticeDetail } from '../platform-notice.js';
import { RequestError } from '../problem.js';
import { Nullable, PathId } from '../fields.js';
import type { SchemaTypes } from '../schema-types.js';

const Page = Type.Object({
  items: Type.Array(PlatformNotice),
  next: Nullable(Type.String({ description: 'after of the next page' })),
});
export type PlatformNoticePage = Static<typeof Page>;

const Query = Type.Object(
  {
    state: Type.Union([Type.Literal('open'), Type.Literal('settled')], {
      default: 'open',
      description: 'open: the most urgent first; settled (actioned, rejected): the latest deadline first',
    }),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'rows a page' }),
    after: Type.Optional(Type.String({ format: 'uuid', description: 'next of the page before' })),
  },
  { additionalProperties: false },
);
const Params = Type.Object({ noticeId: PathId('the notice') });

// PostgreSQL's text cannot hold U+0000.
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*$' });
const Body = Type.Object(
  {
    answerId: Type.Optional(
      Type.String({ format: 'uuid', description: 'the same for a repeat, which changes nothing' }),
    ),
    state: Type.Unsafe<AnswerState>({ type: 'string', enum: [...ANSWER_STATES] }),
    reason: Type.Optional(text(ANSWER_REASON_MAX)),
    reference: Type.Optional(text(ANSWER_REFERENCE_MAX)),
  },
  { additionalProperties: false },
);
const Taken = Type.Object({ answerId: Type.String(), recorded: Type.Boolean() });

const tagged = (operationId: string, summary: string) => ({ operationId, summary, tags: ['platform'] });

/** Of these nobody can do anything without the reason. */
const NEEDS_REASON: ReadonlySet<AnswerState> = new Set(['needs_info', 'disputed']);

/**
 * For the people of a platform: the notices that it was sent, and their answers to them. All of it is of the account's own
 * platform; a notice to another one is not there.
 */
export async function platformNoticeRoutes(
  app: FastifyInstance,
  { db, metrics }: { db: Database; metrics: FeedMetrics },
): Promise<void> {
  const routes = app.withTypeProvider<SchemaTypes>();
  const config = { permission: 'answer-own-notices' } as const;
  app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));

  /** @throws RequestError 404 when the platform has been sent no such notice */
  const find = async (visitor: Visitor, noticeId: string) => {
    const notice = await findPlatformNotice(db, platformOf(visitor), noticeId);
    if (!notice) throw new RequestError(404, `you have been sent no notice ${noticeId}`);
    return notice;
  };

  routes.get(
    '/v1/platform/notices',
    {
      config,
      schema: {
        ...tagged('listPlatformNotices', 'Notices to your platform, a page at a time'),
        ...{ querystring: Query, response: { 200: Page } },
      },
    },
    async ({ visitor, query: { state, limit, after } }) => {
      const page = { settled: state === 'settled', limit: limit + 1, after };
      // One more than asked for tells whether there is a next page.
      const notices = await listPlatformNotices(db, platformOf(visitor), page);
      const shown = notices.slice(0, limit);
      return {
        items: shown.map(platformNotice),
        next: notices.length > limit ? (shown.at(-1)?.noticeId ?? null) : null,
      };
    },
  );

  routes.get(
    '/v1/platform/notices/:noticeId',
    {
      config,
      schema: {
        ...tagged('getPlatformNotice', 'A notice to your platform, with your answers'),
        ...{ params: Params, response: { 200: PlatformNoticeDetail } },
      },
    },
    async ({ visitor, params: { noticeId } }) => {
      const notice = await find(visitor, noticeId);
      const [answers, messages] = await Promise.all([answersOf(db, noticeId), platformMessages(db, noticeId)]);
      return platformNoticeDetail(notice, answers, messages);
    },
  );

  routes.post(
    '/v1/platform/notices/:noticeId/answers',
    {
      config,
      schema: {
        ...tagged('answerNotice', 'Answer a notice to your platform'),
        ...{ params: Params, body: Body, response: { 200: Taken } },
      },
    },
    async ({ visitor, params: { noticeId }, body }) => {
      const { answerId = randomUUID(), ...answer } = body;
      if (NEEDS_REASON.has(answer.state) && !answer.reason?.trim()) {
        throw new RequestError(400, `"${answer.state}" needs a reason`);
      }
      await find(visitor, noticeId);
      // An id of one notice is not taken for a repeat on another.
      const id = `desk:${noticeId}:${answerId}`;
      const recorded = await db.transaction((tx) =>
        takeAnswer(tx, { answerId: id, noticeId, answer, by: nameOf(visitor) }),
      );
      if (recorded) metrics.answers.inc({ state: answer.state });
      return { answerId, recorded };
    },
  );
}

function platformOf({ account }: Visitor): string {
  if (!account || account.platform === null) throw new Error('only an account of a platform has this permission');
  return account.platform;
}
