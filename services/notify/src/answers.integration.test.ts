import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aFlag, newSecret, useDatabase } from '@siaga/testkit';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { Webhook } from 'standardwebhooks';
import { answersApp } from './answers.js';
import { notifyMetrics } from './metrics.js';
import { aPolicy } from './policy.fixture.js';
import { recordFlags } from './record-flags.js';
import { verifierWith } from '@siaga/outgoing';

const database = useDatabase();
const secret = newSecret();
const isSigned = verifierWith([secret]);
let app: FastifyInstance;
let noticeId: string;

beforeAll(async () => {
  const policy = aPolicy('http://demo.invalid/notices');
  await database.db.transaction((tx) => recordFlags(tx, [aFlag()], policy));
  const [notice] = await database.db.query<{ notice_id: string }>('select notice_id from notices');
  noticeId = notice!.notice_id;
  app = answersApp({
    db: database.db,
    verifierOf: (platform) => (platform === 'demo' ? isSigned : undefined),
    metrics: notifyMetrics(new Registry()),
  });
});
afterAll(() => app.close());

interface Sent {
  readonly id?: string;
  readonly at?: Date;
  readonly body?: string;
  readonly key?: string;
  readonly to?: string;
  readonly headers?: Record<string, string>;
}

function answer({
  id = 'msg-1',
  at = new Date(),
  body = '{"state":"received"}',
  key = secret,
  to = noticeId,
  headers = {},
}: Sent) {
  return app.inject({
    method: 'POST',
    url: `/v1/notices/${to}/answer`,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(key).sign(id, at, body),
      ...headers,
    },
    payload: body,
  });
}

const stateOf = async () =>
  (await database.db.query<{ answer_state: string | null }>('select answer_state from notices'))[0]?.answer_state;

describe('answers of platforms', () => {
  it('records an answer once, and the latest word with it', async () => {
    expect((await answer({})).json()).toEqual({ notice_id: noticeId, state: 'received', recorded: true });
    expect((await answer({})).json()).toMatchObject({ recorded: false });
    const reason = { state: 'rejected', reason: 'tidak melanggar', reference: 'T-7' };
    expect((await answer({ id: 'msg-2', body: JSON.stringify(reason) })).statusCode).toBe(200);
    expect(await stateOf()).toBe('rejected');
    expect(await answer({})).toMatchObject({ statusCode: 200 });
    expect(await stateOf()).toBe('rejected');
  });

  it('takes a late word of arrival for what it is', async () => {
    await answer({ id: 'late-1', body: '{"state":"rejected"}' });
    expect((await answer({ id: 'late-2' })).json()).toMatchObject({ recorded: true });
    expect(await stateOf()).toBe('rejected');
  });

  it('keeps a state that it does not know', async () => {
    expect((await answer({ id: 'msg-3', body: '{"state":"on_hold"}' })).statusCode).toBe(200);
    expect(await stateOf()).toBe('on_hold');
  });

  it.each<[string, () => Sent, number]>([
    ['an altered body', () => ({ id: 'x1', headers: { 'webhook-signature': 'v1,AAAA' } }), 401],
    ['a foreign key', () => ({ id: 'x2', key: newSecret() }), 401],
    ['a stale answer', () => ({ id: 'x3', at: new Date(Date.now() - 10 * 60_000) }), 401],
    ['an answer from the future', () => ({ id: 'x4', at: new Date(Date.now() + 10 * 60_000) }), 401],
    ['another id under the same signature', () => ({ id: 'x5', headers: { 'webhook-id': 'x6' } }), 401],
    ['a notice that does not exist', () => ({ id: 'x7', to: '01900000-0000-7000-8000-000000000000' }), 401],
    ['an id that is none', () => ({ id: 'x8', to: "1' or '1'='1" }), 401],
    ['a body that is not JSON', () => ({ id: 'x9', body: '{"state":' }), 400],
    ['a state that could not be one', () => ({ id: 'x10', body: '{"state":"DROP TABLE"}' }), 400],
    ['a null byte', () => ({ id: 'x11', body: '{"state":"received","reason":"a\\u0000b"}' }), 400],
  ])('refuses %s', async (_what, sent, status) => {
    const before = await stateOf();
    const response = await answer(sent());
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(await stateOf()).toBe(before);
  });

  it('tells the platform where its notice stands and what the log has of it, and nobody else', async () => {
    const ask = (path: string, key: string) => {
      const at = new Date();
      return app.inject({
        url: `/v1/notices/${noticeId}${path}`,
        headers: {
          'webhook-id': 'ask',
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(key).sign('ask', at, ''),
        },
      });
    };
    const revisions = [{ revision: 1, channel: 'webhook', state: 'scheduled', delivered_at: null }];
    expect((await ask('', secret)).json()).toMatchObject({ notice_id: noticeId, category: 'hate', revisions });
    const { rows } = (await ask('/evidence', secret)).json<{ rows: { event: string }[] }>();
    expect(rows[0]?.event).toBe('notice-opened');
    for (const path of ['', '/evidence']) expect((await ask(path, newSecret())).statusCode).toBe(401);
  });

  it('refuses a body over the limit', async () => {
    const response = await answer({
      id: 'y1',
      body: JSON.stringify({ state: 'received', reason: 'x'.repeat(100_000) }),
    });
    expect(response.statusCode).toBe(413);
  });
});
