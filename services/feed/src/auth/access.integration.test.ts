import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addAccount,
  changeRole,
  createToken,
  disableAccount,
  evidenceOf,
  makeSignInLink,
  verifyEvidence,
  type Account,
} from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import { openCampaign, recordFlags, startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { anAccount, bearer, sessionCookie } from '../visitors.fixture.js';

const database = useDatabase();
let feed: RunningFeed;
beforeAll(async () => {
  feed = await startFeed(database, { access: { anonymous: 'nobody' } });
});
afterAll(() => feed.stop());

const HOUR_MS = 3_600_000;
const HOST = 'siaga.test';
const OURS = { host: HOST, origin: `http://${HOST}` };

const get = (url: string, headers: Record<string, string> = {}) => feed.app.inject({ url, headers });
const cookieOf = async (account: Account) => {
  const { name, value } = await sessionCookie(database.db, account);
  return `${name}=${value}`;
};
const linkOf = (account: Account) => makeSignInLink(database.db, account, { lifeMs: HOUR_MS, by: 'test' });
const signIn = (link: string, headers: Record<string, string> = OURS) =>
  feed.app.inject({ method: 'POST', url: '/v1/session', headers, payload: { link } });

describe('a token', () => {
  it('lets its account in, and says so when it does not', async () => {
    expect((await get('/v1/flags')).statusCode).toBe(401);
    expect((await get('/v1/flags')).headers['www-authenticate']).toBe('Bearer');
    expect((await get('/v1/flags', await bearer(database.db, 'viewer'))).statusCode).toBe(200);
    for (const authorization of ['Bearer siaga_none', 'Bearer ', 'Basic YTpi', `Bearer siaga_${'x'.repeat(5_000)}`]) {
      expect((await get('/v1/flags', { authorization })).statusCode).toBe(401);
    }
  });

  it('may what its scope and the role of its account both say, at the time when it is used', async () => {
    const { db } = database;
    const account = await anAccount(db, 'analyst');
    const make = async (permissions: string[] | null) => {
      const { secret } = await createToken(db, account, { name: 't', permissions, lifeMs: HOUR_MS, by: 'test' });
      return { authorization: `Bearer ${secret}` };
    };
    const [all, reads, decides] = [await make(null), await make(['read']), await make(['decide', 'switch-sending'])];
    const decide = async (headers: Record<string, string>) =>
      (await feed.app.inject({ method: 'POST', url: '/v1/decisions', headers, payload: {} })).statusCode;
    expect([await decide(all), await decide(reads), await decide(decides)]).toEqual([400, 403, 400]);
    expect((await get('/v1/flags', decides)).statusCode).toBe(403);
    const session = await get('/v1/session', decides);
    expect(session.json()).toEqual({
      account: { name: account.name, role: 'analyst', platform: null },
      permissions: ['decide'],
      identityProvider: null,
    });

    await changeRole(db, account, { role: 'viewer', platform: null }, 'test');
    expect([await decide(all), await decide(decides)]).toEqual([403, 403]);
    expect((await get('/v1/flags', all)).statusCode).toBe(200);
    // A token that leaked makes no other tokens.
    expect((await get('/v1/tokens', all)).statusCode).toBe(403);
  });

  it('is made, shown with its last use and revoked by whoever has it, and kept nowhere', async () => {
    const { db } = database;
    const account = await anAccount(db, 'analyst');
    const cookie = await cookieOf(account);
    const ask = (method: 'POST' | 'DELETE', url: string, payload?: object) =>
      feed.app.inject({ method, url, headers: { ...OURS, cookie }, ...(payload && { payload }) });
    const made = await ask('POST', '/v1/tokens', { name: 'skrip', permissions: ['read'], days: 7 });
    expect(made.statusCode).toBe(201);
    const { token, secret } = made.json<{ token: { tokenId: string }; secret: string }>();
    expect(secret).toMatch(/^siaga_[\w-]{43}$/);
    const authorization = `Bearer ${secret}`;
    expect((await get('/v1/flags', { authorization })).statusCode).toBe(200);
    const listed = async () => (await get('/v1/tokens', { cookie })).json().items[0];
    expect(await listed()).toMatchObject({ name: 'skrip', permissions: ['read'], revokedAt: null });
    expect((await listed()).lastUsedAt).toMatch(/^2/);
    const kept = await db.query('select * from api_tokens t join sessions s using (account_id) where account_id = $1', [
      account.accountId,
    ]);
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(secret);

    // Another one's tokens are none of mine.
    const other = await cookieOf(await anAccount(db, 'admin'));
    const url = `/v1/tokens/${token.tokenId}`;
    const byOther = await feed.app.inject({ method: 'DELETE', url, headers: { ...OURS, cookie: other } });
    expect(byOther.statusCode).toBe(404);
    expect((await ask('DELETE', url)).statusCode).toBe(204);
    expect((await get('/v1/flags', { authorization })).statusCode).toBe(401);
    expect((await ask('POST', '/v1/tokens', { name: 'x', permissions: ['switch-sending'] })).statusCode).toBe(403);
    expect((await ask('POST', '/v1/tokens', { name: 'x\u202e' })).statusCode).toBe(400);
  });

  it('ends', async () => {
    const headers = await bearer(database.db, 'viewer');
    await database.db.query('update api_tokens set expires_at = now()');
    expect((await get('/v1/flags', headers)).statusCode).toBe(401);
  });
});

describe('a session', () => {
  it('is opened once by a link, and lasts until it is signed out', async () => {
    const account = await anAccount(database.db, 'lead');
    const link = await linkOf(account);
    const answer = await signIn(link);
    expect(answer.json()).toMatchObject({ account: { name: account.name, role: 'lead' } });
    const [cookie] = answer.cookies as [{ name: string; value: string }];
    expect(cookie).toMatchObject({ name: 'siaga-session', httpOnly: true, sameSite: 'Strict', path: '/' });
    expect((await signIn(link)).statusCode).toBe(401);
    const headers = { ...OURS, cookie: `${cookie.name}=${cookie.value}` };
    expect((await get('/v1/sessions', headers)).json().items).toMatchObject([{ current: true }]);
    expect((await get('/v1/flags', headers)).statusCode).toBe(200);
    expect((await feed.app.inject({ method: 'DELETE', url: '/v1/session', headers })).statusCode).toBe(204);
    expect((await get('/v1/flags', headers)).statusCode).toBe(401);
  });

  it('takes a link in the place of the one before', async () => {
    const account = await anAccount(database.db, 'admin');
    const [first, second] = [await linkOf(account), await linkOf(account)];
    expect((await signIn(first)).statusCode).toBe(401);
    await database.db.query('update sign_in_links set expires_at = now()');
    expect((await signIn(second)).statusCode).toBe(401);
  });

  it.each([
    ['when it has lain idle', "update sessions set last_seen_at = now() - interval '2 hours'"],
    ['after its time, however busy', 'update sessions set expires_at = now()'],
  ])('ends %s', async (_when, sql) => {
    const cookie = await cookieOf(await anAccount(database.db, 'viewer'));
    expect((await get('/v1/flags', { cookie })).statusCode).toBe(200);
    await database.db.query(sql);
    expect((await get('/v1/flags', { cookie })).statusCode).toBe(401);
  });

  it('can be ended from another one of the same account, and of no other', async () => {
    const account = await anAccount(database.db, 'viewer');
    const [mine, lost] = [await cookieOf(account), await cookieOf(account)];
    const { items } = (await get('/v1/sessions', { cookie: lost })).json<{
      items: { sessionId: string; current: boolean }[];
    }>();
    const url = `/v1/sessions/${items.find(({ current }) => current)?.sessionId}`;
    const end = (cookie: string) => feed.app.inject({ method: 'DELETE', url, headers: { ...OURS, cookie } });
    expect((await end(await cookieOf(await anAccount(database.db, 'admin')))).statusCode).toBe(404);
    expect((await end(mine)).statusCode).toBe(204);
    expect((await get('/v1/flags', { cookie: lost })).statusCode).toBe(401);
    expect((await get('/v1/flags', { cookie: mine })).statusCode).toBe(200);
  });

  it('ends at once with its account, and so do its tokens and links', async () => {
    const { db } = database;
    const account = await anAccount(db, 'lead');
    const [cookie, link] = [await cookieOf(account), await linkOf(account)];
    const { secret } = await createToken(db, account, { name: 't', permissions: null, lifeMs: HOUR_MS, by: 'test' });
    await disableAccount(db, account, true, 'test');
    await disableAccount(db, account, false, 'test');
    expect((await get('/v1/flags', { cookie })).statusCode).toBe(401);
    expect((await get('/v1/flags', { authorization: `Bearer ${secret}` })).statusCode).toBe(401);
    expect((await signIn(link)).statusCode).toBe(401);
  });

  it('has a cookie of this host and https alone where the console is reached so', async () => {
    const secure = await startFeed(database, { access: { publicUrl: new URL('https://siaga.example') } });
    try {
      const link = await linkOf(await anAccount(database.db, 'viewer'));
      const headers = { host: 'inner', origin: 'https://siaga.example' };
      const answer = await secure.app.inject({ method: 'POST', url: '/v1/session', headers, payload: { link } });
      expect(answer.cookies).toMatchObject([{ name: '__Host-siaga-session', secure: true, httpOnly: true, path: '/' }]);
    } finally {
      await secure.stop();
    }
  });
});

describe("another site's page", () => {
  it.each([
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: `http://${HOST}`, 'sec-fetch-site': 'cross-site' }, 403],
    [{ origin: `http://${HOST}`, 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'none' }, 403],
    [{}, 403],
    [{ origin: `http://${HOST}`, 'sec-fetch-site': 'same-origin' }, 400],
    [{ origin: `http://${HOST}` }, 400],
  ])('changes nothing in the name of who reads it: %j gets %i', async (headers: Record<string, string>, status) => {
    const cookie = await cookieOf(await anAccount(database.db, 'analyst'));
    const request = { method: 'POST', url: '/v1/decisions', payload: {} } as const;
    const answer = await feed.app.inject({ ...request, headers: { host: HOST, cookie, ...headers } });
    expect(answer.statusCode).toBe(status);
  });

  it('signs nobody in', async () => {
    const link = await linkOf(await anAccount(database.db, 'viewer'));
    expect((await signIn(link, { host: HOST, origin: 'http://evil.example' })).statusCode).toBe(403);
    expect((await signIn(link)).statusCode).toBe(200);
  });

  it('does not read what anybody may, under a name of its own that leads here', async () => {
    const open = await startFeed(database);
    try {
      const status = async (host: string) =>
        (await open.app.inject({ url: '/v1/flags', headers: { host } })).statusCode;
      expect([await status('localhost:3000'), await status('127.0.0.1'), await status('[::1]:3000')]).toEqual([
        200, 200, 200,
      ]);
      expect(await status('evil.example:3000')).toBe(401);
    } finally {
      await open.stop();
    }
  });
});

describe('too many requests', () => {
  it('are refused by account, and attempts to sign in by address', async () => {
    const busy = await startFeed(database, { access: { requestsAMinute: 20 } });
    try {
      const [one, another] = [await bearer(database.db, 'viewer'), await bearer(database.db, 'viewer')];
      const ask = (headers: Record<string, string>) => busy.app.inject({ url: '/v1/recall', headers });
      const answers = await Promise.all(Array.from({ length: 21 }, () => ask(one)));
      expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(20);
      const refused = answers.find(({ statusCode }) => statusCode === 429);
      expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
      expect(refused?.headers['content-type']).toBe('application/problem+json');
      expect((await ask(another)).statusCode).toBe(200);
      const guesses: number[] = [];
      for (let i = 0; i < 12; i++) {
        const guess = { method: 'POST', url: '/v1/session', payload: { link: 'guess' } } as const;
        guesses.push((await busy.app.inject(guess)).statusCode);
      }
      expect(guesses).toEqual([...Array(10).fill(401), 429, 429]);
    } finally {
      await busy.stop();
    }
  });
});

describe('the evidence', () => {
  it('tells who was let in, who made what, and who changed whose role, without a secret', async () => {
    const { db } = database;
    const account = (await addAccount(db, { name: 'rina', role: 'viewer', platform: null }, 'budi')) as Account;
    await changeRole(db, account, { role: 'analyst', platform: null }, 'budi');
    const link = await linkOf(account);
    await signIn(link);
    const { secret } = await createToken(db, account, { name: 't', permissions: null, lifeMs: HOUR_MS, by: 'rina' });
    const rows = await evidenceOf(db, `account:${account.accountId}`);
    expect(rows.map(({ event }) => event)).toEqual([
      ...['account-added', 'role-changed', 'sign-in-link-made', 'signed-in', 'token-created'],
    ]);
    expect(JSON.parse(rows[1]?.body ?? '')).toMatchObject({ by: 'budi', from: 'viewer', role: 'analyst' });
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(rows)).not.toContain(link);
    expect(await verifyEvidence(db)).toMatchObject({ whole: true });
  });

  it('and the decisions name the account, whatever the request says', async () => {
    const { db } = database;
    const flag = aFlag();
    await recordFlags(db, await openCampaign(db), [flag]);
    const headers = await bearer(db, 'analyst', 'sari');
    const decide = (more: object) =>
      feed.app.inject({
        ...{ method: 'POST', url: '/v1/decisions', headers },
        payload: { subject: { flagId: flag.flagId }, action: 'confirm', ...more },
      });
    expect((await decide({ decidedBy: 'budi' })).statusCode).toBe(400);
    expect((await decide({})).statusCode).toBe(200);
    expect(await db.query('select decided_by from decisions')).toEqual([{ decided_by: 'sari' }]);
  });
});
