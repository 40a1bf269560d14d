import type { FastifyInstance } from 'fastify';
import {
  answersOf,
  deliveriesOf,
  evidenceOf,
  findListedNotice,
  findNotice,
  isSettledState,
  listNotices,
  NEXT_STATE,
  noticeItems,
  noticeList,
  type Database,
  type ListedNotice,
} from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { REVALIDATED, withETags } from '../list/etags.js';
import { answerOf, listQuery, pageOf, windowOf } from '../list/parameters.js';
import { RequestError } from '../problem.js';
import type { SchemaTypes } from '../schema-types.js';
import { textToForward } from '../text-to-forward.js';
import { Word } from './deliveries.js';
import { CategoryName, Instant, Nullable, PathId } from '../fields.js';

const WORDS = ['arrived', 'send-again'] as const;

const Notice = Type.Object({
  noticeId: Type.String(),
  campaignId: Type.String(),
  platform: Type.String(),
  category: CategoryName,
  urgency: Type.String(),
  createdAt: Instant,
  dueAt: Instant,
  pausedAt: Nullable(Type.String({ description: 'since when the platform waits for information from us' })),
  reviewedBy: Nullable(Type.String({ description: 'who decided that it goes out; null where policy did' })),
  deliveryState: Nullable(Type.String({ description: 'of the latest revision' })),
  deliveredAt: Nullable(Instant),
  answerState: Nullable(Type.String({ description: "the platform's latest word" })),
  needsAttention: Type.Boolean({
    description: 'the platform sent it back (rejected, disputed, needs_info), or a delivery waits for a person',
  }),
  posts: Type.Integer({ description: 'how many it lists' }),
});
export type ListedNoticeItem = Static<typeof Notice>;

const NoticePage = Type.Object({ items: Type.Array(Notice), next: Nullable(Type.String()) });
export type NoticePage = Static<typeof NoticePage>;

const NoticeDetail = Type.Object({
  ...Notice.properties,
  urls: Type.Array(Type.Object({ url: Type.String(), postId: Type.String(), score: Type.Number(), seenAt: Instant })),
  deliveries: Type.Array(
    Type.Object({
      deliveryId: Type.String(),
      revision: Type.Integer(),
      channel: Type.String(),
      kind: Type.String({ description: 'notice, or the kind of message about it' }),
      state: Type.String(),
      attempts: Type.Integer(),
      createdAt: Instant,
      nextAttemptAt: Instant,
      deliveredAt: Nullable(Instant),
      lastError: Nullable(Type.String()),
      inDoubt: Type.Array(Type.String(), { description: 'posts of which nobody knows whether they were reported' }),
      toForward: Nullable(Type.String({ description: 'what a person is to forward, while the delivery is by-hand' })),
      words: Type.Array(Word, { description: 'what a person may say of it now' }),
    }),
  ),
  answers: Type.Array(
    Type.Object({
      answerId: Type.String(),
      state: Type.String(),
      reason: Nullable(Type.String()),
      reference: Nullable(Type.String()),
      answeredBy: Nullable(
        Type.String({ description: "the platform's account; null where it came signed or by a link" }),
      ),
      receivedAt: Instant,
    }),
  ),
  evidence: Type.Array(
    Type.Object({ seq: Type.Integer(), recordedAt: Instant, event: Type.String(), hash: Type.String() }),
  ),
});
export type NoticeDetail = Static<typeof NoticeDetail>;

const SORTS = ['dueAt', 'createdAt'] as const;
const NoticeQuery = Type.Object(
  {
    ...listQuery(['platform', 'category', 'campaign', 'from', 'to'], { sorts: SORTS, defaultSort: 'dueAt' }).properties,
    state: Type.Array(Type.String({ pattern: '^[a-z][a-z_-]{0,40}$' }), {
      maxItems: 20,
      default: ['open'],
      description:
        "any of: open, attention (a person has to see to it), settled, or one state: the platform's, else the delivery's",
    }),
    sort: Type.Optional(
      Type.Enum(
        SORTS.flatMap((sort) => [sort, `-${sort}` as const]),
        { description: 'dueAt unless given, of what is settled -dueAt' },
      ),
    ),
  },
  { additionalProperties: false },
);
const NoticeParams = Type.Object({ noticeId: PathId('the notice') });

/** The notices to platforms: what was sent, what came of it, and by when something has to. */
export async function noticeRoutes(app: FastifyInstance, { db }: { db: Database }): Promise<void> {
  const routes = app.withTypeProvider<SchemaTypes>();
  const list = {
    config: { permission: 'read' as const },
    schema: {
      ...{ operationId: 'listNotices', tags: ['notices'], summary: 'Notices to platforms, a page at a time' },
      ...{ querystring: NoticeQuery, response: { 200: NoticePage } },
    },
  };
  await withETags(routes, (lists) =>
    lists.get('/v1/notices', list, async ({ query }, reply) => {
      reply.header('cache-control', REVALIDATED);
      const { limit, cursor, sort = query.state.every(isSettledState) ? '-dueAt' : 'dueAt', from, to, ...rest } = query;
      const notices = await listNotices(
        db,
        { ...rest, ...windowOf({ from, to }) },
        pageOf({ sort, limit, ...(cursor !== undefined && { cursor }) }, noticeList),
      );
      return answerOf(notices, { sort }, noticeOf);
    }),
  );
  const one = {
    config: { permission: 'read' as const },
    schema: {
      ...{ operationId: 'getNotice', tags: ['notices'], summary: 'A notice with its posts, deliveries and answers' },
      ...{ params: NoticeParams, response: { 200: NoticeDetail } },
    },
  };
  routes.get('/v1/notices/:noticeId', one, async ({ params: { noticeId } }, reply) => {
    const [listed, row] = await Promise.all([findListedNotice(db, noticeId), findNotice(db, noticeId)]);
    if (!listed || !row) throw new RequestError(404, `there is no notice ${noticeId}`);
    const [urls, deliveries, answers, evidence] = await Promise.all([
      noticeItems(db, row),
      deliveriesOf(db, noticeId),
      answersOf(db, noticeId),
      evidenceOf(db, noticeId),
    ]);
    reply.header('cache-control', 'no-store');
    return {
      ...noticeOf(listed),
      urls: urls.map(({ url, postId, score, seenAt }) => ({ url, postId, score, seenAt: seenAt.toISOString() })),
      deliveries: deliveries.map(({ payload, ...delivery }) => ({
        ...delivery,
        inDoubt: [...delivery.inDoubt],
        toForward: delivery.state === 'by-hand' && payload !== null ? textToForward(payload) : null,
        words: WORDS.filter((word) => NEXT_STATE[delivery.state][word] !== null),
        createdAt: delivery.createdAt.toISOString(),
        nextAttemptAt: delivery.nextAttemptAt.toISOString(),
        deliveredAt: delivery.deliveredAt?.toISOString() ?? null,
      })),
      answers: answers.map((answer) => ({ ...answer, receivedAt: answer.receivedAt.toISOString() })),
      evidence: evidence.map(({ seq, recordedAt, event, hash }) => ({
        ...{ seq, recordedAt: recordedAt.toISOString(), event, hash },
      })),
    };
  });
}

function noticeOf(notice: ListedNotice): ListedNoticeItem {
  return {
    ...notice,
    createdAt: notice.createdAt.toISOString(),
    dueAt: notice.dueAt.toISOString(),
    pausedAt: notice.pausedAt?.toISOString() ?? null,
    deliveredAt: notice.deliveredAt?.toISOString() ?? null,
  };
}
