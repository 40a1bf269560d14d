import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { evidenceOf } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { linkMaker } from './answer-links.js';
import { answersApp } from './answers.js';
import { notifyMetrics } from './metrics.js';
import { startNotices, type Notices } from './notices.fixture.js';

const database = useDatabase();
const HOSTILE = 'https://demo.invalid/p/1?"><script>alert(1)</script>';
let notices: Notices;
let app: FastifyInstance;
let noticeId: string;

beforeAll(async () => {
  notices = await startNotices(database);
  await notices.record([aFlag({ post: { url: HOSTILE } })]);
  await notices.deliverAll();
  const [notice] = await database.db.query<{ notice_id: string }>('select notice_id from notices');
  noticeId = notice!.notice_id;
});
beforeEach(async () => {
  // A fresh one has a fresh count of requests.
  await app?.close();
  app = answersApp({ db: database.db, verifierOf: () => undefined, metrics: notifyMetrics(new Registry()) });
});
afterAll(async () => {
  await app.close();
  await notices.close();
});

const newLink = async () => new URL(await linkMaker(database.db, 'https://siaga.invalid')(noticeId)).pathname;
const get = (url: string) => app.inject({ url });
const post = (url: string, fields: Record<string, string>, type = 'application/x-www-form-urlencoded') =>
  app.inject({
    ...{ method: 'POST', url, headers: { 'content-type': type } },
    payload: new URLSearchParams(fields).toString(),
  });
const stateOf = async () =>
  (await database.db.query<{ answer_state: string | null }>('select answer_state from notices'))[0]?.answer_state;
const answersOf = () =>
  database.db.query('select state, reason, reference from answers where answer_id like $1', ['link:%']);

describe('one-time links', () => {
  it('show the notice, and do nothing when followed, however often', async () => {
    const before = await answersOf();
    const link = await newLink();
    for (const url of [link, `${link}?state=actioned`, link]) {
      const { statusCode, body, headers } = await get(url);
      expect(statusCode).toBe(200);
      expect(body).toContain(noticeId);
      expect(body).toContain('<html lang="id">');
      expect(body.includes('value="actioned" required checked')).toBe(url !== link);
      expect(headers).toMatchObject({
        ...{ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' },
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      });
    }
    expect((await app.inject({ method: 'HEAD', url: link })).statusCode).toBe(200);
    expect(await answersOf()).toEqual(before);
  });

  it('let no text of a post out of its place', async () => {
    const { body } = await get(await newLink());
    expect(body).toContain('&quot;&gt;&lt;script&gt;');
    expect(body).not.toContain('<script');
  });

  it('record an answer once, and say later what it was', async () => {
    const link = await newLink();
    const fields = { state: 'rejected', reason: 'tidak melanggar\r\n<b>aturan</b>', reference: 'T-7' };
    const first = await post(link, fields);
    expect(first).toMatchObject({ statusCode: 303 });
    expect(first.headers.location).toBe(link.split('/').at(-1));
    expect(await stateOf()).toBe('rejected');
    expect((await answersOf()).at(-1)).toEqual({ ...fields, reason: 'tidak melanggar\n<b>aturan</b>' });

    expect((await post(link, { state: 'actioned' })).statusCode).toBe(409);
    expect(await stateOf()).toBe('rejected');
    const used = await get(link);
    expect(used.body).toMatch(/Jawaban “Ditolak” tercatat/);
    expect(used.body).not.toContain('<form');
    const events = (await evidenceOf(database.db, noticeId)).filter(({ event }) => event === 'answer-received');
    expect(JSON.parse(events.at(-1)!.body)).toMatchObject({ state: 'rejected' });
    expect(JSON.stringify(events)).not.toContain('melanggar');
  });

  it('used by two at once answer for one of them', async () => {
    const link = await newLink();
    const before = (await answersOf()).length;
    const answers = await Promise.all(['actioned', 'disputed', 'rejected'].map((state) => post(link, { state })));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409, 409]);
    expect(await answersOf()).toHaveLength(before + 1);
  });

  it('let the platform go on after a word that is not the last, each link once', async () => {
    const link = await newLink();
    const { headers } = await post(link, { state: 'under_review' });
    const next = `/answer/${String(headers.location)}`;
    expect(next).not.toBe(link);
    expect((await get(next)).body).toMatch(/Jawaban “Sedang ditinjau” tercatat/);
    expect((await post(link, { state: 'actioned' })).statusCode).toBe(409);
    expect(await stateOf()).toBe('under_review');
    expect((await post(next, { state: 'actioned' })).headers.location).toBe(next.split('/').at(-1));
    expect((await post(next, { state: 'rejected' })).statusCode).toBe(409);
    expect(await stateOf()).toBe('actioned');
  });

  it('expire', async () => {
    const link = await newLink();
    await database.db.query(`update answer_links set expires_at = now() where used_at is null`);
    expect((await get(link)).statusCode).toBe(410);
    expect((await post(link, { state: 'rejected' })).statusCode).toBe(410);
    expect(await stateOf()).toBe('actioned');
  });

  it.each<[string, Record<string, string>]>([
    ['no state', { reason: 'x' }],
    ['a state of no form', { state: 'on_hold' }],
    ['a null byte', { state: 'rejected', reason: 'a\0b' }],
    ['a very long reason', { state: 'rejected', reason: 'x'.repeat(4_001) }],
  ])('are not used up by %s', async (_what, fields) => {
    const link = await newLink();
    const refused = await post(link, fields);
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('role="alert"');
    expect((await post(link, { state: 'actioned' })).statusCode).toBe(303);
  });

  it('are known by the whole of a long secret, of which the database has a hash', async () => {
    const token = (await newLink()).split('/').at(-1)!;
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const altered = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
    for (const guess of [altered, token.slice(0, -1), `${token}A`, token.toLowerCase() + '_', '%00', "'--"]) {
      expect((await get(`/answer/${guess}`)).statusCode).toBe(404);
      expect((await post(`/answer/${guess}`, { state: 'rejected' })).statusCode).toBe(404);
    }
    const [{ dump }] = (await database.db.query<{ dump: string }>(
      `select string_agg(l::text, ' ') as dump from answer_links l`,
    )) as [{ dump: string }];
    for (const encoding of ['hex', 'base64', 'base64url'] as const)
      expect(dump).not.toContain(Buffer.from(token, 'base64url').toString(encoding));
  });

  it('send nobody elsewhere', async () => {
    const link = await newLink();
    const { headers } = await post(`${link}?next=https://evil.invalid&state=//evil.invalid`, { state: 'actioned' });
    expect(headers.location).toBe(link.split('/').at(-1));
    expect((await get('/answer//evil.invalid')).headers.location).toBeUndefined();
  });

  it('take forms only, and from one address not without end', async () => {
    const link = await newLink();
    expect((await post(link, { state: 'rejected' }, 'application/json')).statusCode).toBe(415);
    const statuses = new Set<number>();
    for (let i = 0; i < 70; i++) statuses.add((await get(link)).statusCode);
    expect(statuses).toEqual(new Set([200, 429]));
  });
});
