import { createHash, randomBytes } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import {
  addAnswerLink,
  findAnswerLink,
  findNotice,
  isAnswerState,
  latestPayload,
  takeAnswer,
  useAnswerLink,
  type Database,
  type Queryable,
} from '@siaga/storage';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerPage, expiredPage, PAGE_HEADERS, unknownPage, usedPage, wrongPage } from './answer-page.js';
import type { NotifyMetrics } from './metrics.js';
import type { Notice } from './notice.js';
import { Problem } from './problem.js';
import { answerSchema, countAnswer, type Answer } from './answer-schema.js';

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** Longer than the longest deadline by far; a message that comes later brings a link of its own. */
const LINK_DAYS = 30;
/** For people: against who would keep the database busy, for no number of guesses finds a link. */
const REQUESTS_A_MINUTE = 60;

/** After these the platform has something left to say. */
const GOES_ON: ReadonlySet<string> = new Set(['received', 'under_review', 'needs_info']);

/** Makes one-time links under which a person answers the notice. */
export type LinkMaker = (noticeId: string) => Promise<string>;

/** @param publicUrl base address under which answers are taken */
export const linkMaker =
  (db: Queryable, publicUrl: string): LinkMaker =>
  async (noticeId) =>
    new URL(`/answer/${await newLink(db, noticeId)}`, publicUrl).href;

/** @returns the secret of a link to the notice, which is not kept */
async function newLink(tx: Queryable, noticeId: string, follows?: Buffer): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  await addAnswerLink(tx, { tokenSha256: hashOf(token), noticeId, days: LINK_DAYS, follows });
  return token;
}

/** The table is searched by this, so how long a search takes tells nothing of the secrets behind it. */
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

type OfLink = FastifyRequest<{ Params: { token: string }; Querystring: Record<string, unknown> }>;

/**
 * For platforms' people: `GET /{token}` shows the notice and changes nothing, for scanners of mail follow links; `POST`
 * records the answer and uses the link up ([ADR 15](docs/adr/0015-answer-links.md)).
 */
export async function answerLinks(
  app: FastifyInstance,
  { db, metrics }: { db: Database; metrics: NotifyMetrics },
): Promise<void> {
  await app.register(rateLimit, { max: REQUESTS_A_MINUTE, timeWindow: 60_000 });
  app.setErrorHandler((error: Error & { status?: number; statusCode?: number }, _request, reply) =>
    reply
      .code(error.status ?? error.statusCode ?? 500)
      .headers(PAGE_HEADERS)
      .send(wrongPage()),
  );

  app.get('/:token', async (request: OfLink, reply) => show(request, reply));

  app.post('/:token', async (request: OfLink, reply) => {
    const { token } = request.params;
    const answer = answerOf(request);
    if (answer === undefined) return show(request, reply, true);
    const next = TOKEN.test(token) ? await use(token, answer) : undefined;
    if (next === undefined) return show(request, reply);
    // Back to the browser's GET, so that loading the page again answers nothing; beside this page, whatever its address.
    return reply.headers(PAGE_HEADERS).code(303).header('location', next).send();
  });

  /** @returns the link to go on with, undefined when this one is not usable */
  async function use(token: string, answer: Answer): Promise<string | undefined> {
    const tokenSha256 = hashOf(token);
    const used = await db.transaction(async (tx) => {
      const noticeId = await useAnswerLink(tx, tokenSha256, answer.state);
      if (noticeId === undefined) return undefined;
      const next = GOES_ON.has(answer.state) ? await newLink(tx, noticeId, tokenSha256) : token;
      await takeAnswer(tx, { answerId: `link:${tokenSha256.toString('hex')}`, noticeId, answer });
      return { noticeId, next };
    });
    if (!used) return undefined;
    countAnswer(metrics, (await findNotice(db, used.noticeId))?.platform ?? 'unknown', answer.state);
    return used.next;
  }

  async function show({ params: { token }, query }: OfLink, reply: FastifyReply, wrong = false): Promise<string> {
    reply.headers(PAGE_HEADERS);
    const link = TOKEN.test(token) ? await findAnswerLink(db, hashOf(token)) : undefined;
    const payload = link && (await latestPayload(db, link.noticeId));
    if (!link || payload === undefined) return (reply.code(404), unknownPage());
    const notice = JSON.parse(payload) as Notice;
    if (link.usedAt !== null) {
      reply.code(reply.request.method === 'POST' ? 409 : 200);
      return usedPage(notice, { state: link.answerState ?? '', at: link.usedAt });
    }
    if (link.expired) return (reply.code(410), expiredPage(notice));
    if (wrong) reply.code(400);
    const { state } = query;
    const { followsUsedAt: at, followsState } = link;
    const last = at === null ? undefined : { at, state: followsState ?? '' };
    return answerPage(notice, { chosen: typeof state === 'string' ? state : undefined, last, wrong });
  }
}

/** @returns undefined for what is no answer @throws Problem for what no form of ours sends */
function answerOf({ body, headers }: FastifyRequest): Answer | undefined {
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')) {
    throw new Problem(415, 'A link is answered by the form on its page.');
  }
  const form = new URLSearchParams(Buffer.isBuffer(body) ? body.toString('utf8') : '');
  // A browser sends a form's lines with CR LF.
  const field = (name: string) => (form.get(name) ?? '').replaceAll('\r\n', '\n').trim();
  const [state, reason, reference] = [field('state'), field('reason'), field('reference')];
  const answer = { state, ...(reason === '' ? {} : { reason }), ...(reference === '' ? {} : { reference }) };
  return isAnswerState(state) && answerSchema.Check(answer) ? answer : undefined;
}
