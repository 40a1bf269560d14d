import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addAccount, disableAccount, evidenceOf, findAccount, listAccounts, verifyEvidence } from '@siaga/storage';
import { freePort, useDatabase } from '@siaga/testkit';
import { startFeed, type RunningFeed } from '../../running-feed.fixture.js';
import { oidcAt, signInAtProvider, startProvider, type RunningProvider } from './provider.fixture.js';

const database = useDatabase();
let provider: RunningProvider;
let feed: RunningFeed;
let publicUrl: string;
beforeAll(async () => {
  const port = await freePort();
  publicUrl = `http://127.0.0.1:${port}`;
  provider = await startProvider(publicUrl);
  const access = { anonymous: 'nobody', publicUrl: new URL(publicUrl) } as const;
  feed = await startFeed(database, { port, access, oidc: oidcAt(provider.issuer, publicUrl) });
});
afterAll(async () => {
  await feed?.stop();
  await provider?.stop();
});

const tell = (login: string, claims: Record<string, unknown>) =>
  void provider.people.set(login, { preferred_username: login, ...claims });

/** @returns where the browser is sent, and the cookie that it keeps meanwhile */
async function start(query = '') {
  const answer = await feed.app.inject({ url: `/v1/sign-in/oidc${query}` });
  const [cookie] = answer.cookies as [{ name: string; value: string; sameSite: string; httpOnly: boolean }];
  return {
    answer,
    url: String(answer.headers.location),
    cookie,
    headers: { cookie: `${cookie?.name}=${cookie?.value}` },
  };
}
const comeBack = (callback: URL, headers: Record<string, string>) =>
  feed.app.inject({ url: callback.pathname + callback.search, headers });
const sessionOf = (answer: { cookies: unknown[] }) =>
  (answer.cookies as { name: string; value: string }[]).find(
    ({ name, value }) => name === 'siaga-session' && value !== '',
  );
async function signIn(login: string, query = '') {
  const { url, headers } = await start(query);
  const callback = await signInAtProvider(url, login);
  const answer = await comeBack(callback, headers);
  const session = sessionOf(answer);
  return { answer, callback, headers, session, cookie: `siaga-session=${session?.value}` };
}
const refusedAs = (why: string) => `/#/sign-in/${why}`;
const whoIs = async (cookie: string) => (await feed.app.inject({ url: '/v1/session', headers: { cookie } })).json();

describe('signing in at an identity provider', () => {
  it('sends the browser there with PKCE, a state and a nonce, and keeps the way back in a cookie of its own', async () => {
    const { answer, url, cookie } = await start();
    expect(answer.statusCode).toBe(303);
    const { origin, searchParams } = new URL(url);
    expect(origin).toBe(provider.issuer.origin);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      ...{ response_type: 'code', code_challenge_method: 'S256', state: cookie.value },
      redirect_uri: `${publicUrl}/v1/sign-in/oidc/callback`,
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(cookie).toMatchObject({ name: 'siaga-sign-in', httpOnly: true, sameSite: 'Lax' });
  });

  it('makes an account with the role of the group, once, and follows the group when it changes', async () => {
    tell('rina', { groups: ['meja'] });
    const first = await signIn('rina', `?return=${encodeURIComponent('/?category=hate#/notices')}`);
    expect(first.answer.headers.location).toBe('/?category=hate#/notices');
    expect(await whoIs(first.cookie)).toMatchObject({
      account: { name: 'rina', role: 'analyst', platform: null },
      identityProvider: 'Kantor Contoh',
    });
    tell('rina', { groups: ['meja', 'ketua'], preferred_username: 'rina-baru' });
    const second = await signIn('rina');
    expect(await whoIs(second.cookie)).toMatchObject({ account: { name: 'rina', role: 'lead' } });
    const account = await findAccount(database.db, 'rina');
    const rows = await evidenceOf(database.db, `account:${account?.accountId}`);
    expect(rows.map(({ event }) => event)).toEqual(['account-added', 'signed-in', 'role-changed', 'signed-in']);
    expect(await verifyEvidence(database.db)).toMatchObject({ whole: true });
  });

  it('takes nobody for an account of the same name', async () => {
    const { db } = database;
    await addAccount(db, { name: 'kepala', role: 'admin', platform: null }, 'test');
    tell('kepala', { groups: ['meja'] });
    const { cookie } = await signIn('kepala');
    const { account } = await whoIs(cookie);
    expect(account).toMatchObject({ role: 'analyst', name: expect.stringMatching(/^kepala \([0-9a-f]{8}\)$/) });
  });

  it('gives a platform its own account, and nobody one without a group', async () => {
    tell('mira', { groups: ['mitra'], siaga_platform: 'forum.contoh' });
    expect(await whoIs((await signIn('mira')).cookie)).toMatchObject({
      account: { role: 'platform', platform: 'forum.contoh' },
    });
    tell('tamu', { groups: ['lain'] });
    const { answer, session } = await signIn('tamu');
    expect(answer.headers.location).toBe(refusedAs('role'));
    expect(session).toBeUndefined();
    expect((await listAccounts(database.db)).map(({ name }) => name)).not.toContain('tamu');
  });

  it('refuses a disabled account', async () => {
    tell('dodi', { groups: ['meja'] });
    const { cookie } = await signIn('dodi');
    const account = await findAccount(database.db, 'dodi');
    if (!account) throw new Error('there is no account');
    await disableAccount(database.db, account, true, 'test');
    expect((await whoIs(cookie)).account).toBeNull();
    const again = await signIn('dodi');
    expect(again.answer.headers.location).toBe(refusedAs('disabled'));
    expect(again.session).toBeUndefined();
  });

  it('signs out there too, and only whom it has let in', async () => {
    tell('sari', { groups: ['meja'] });
    const { cookie } = await signIn('sari');
    const headers = { cookie, host: new URL(publicUrl).host, origin: publicUrl };
    const answer = await feed.app.inject({ method: 'DELETE', url: '/v1/session', headers });
    const { continueAt } = answer.json<{ continueAt: string }>();
    expect(continueAt.startsWith(`${provider.issuer.origin}/session/end?`)).toBe(true);
    expect(new URL(continueAt).searchParams.get('post_logout_redirect_uri')).toBe(`${publicUrl}/`);
    expect((await fetch(continueAt)).status).toBe(200);
    expect((await whoIs(cookie)).account).toBeNull();
  });
});

describe('who comes back', () => {
  const lured = async () => {
    tell('rina', { groups: ['meja'] });
    const started = await start();
    return { ...started, callback: await signInAtProvider(started.url, 'rina') };
  };
  const expectRefused = async (answer: { headers: Record<string, unknown>; cookies: unknown[] }, why: string) => {
    expect(answer.headers.location).toBe(refusedAs(why));
    expect(sessionOf(answer)).toBeUndefined();
  };

  it('is refused a second time', async () => {
    const { callback, headers } = await lured();
    expect(sessionOf(await comeBack(callback, headers))).toBeDefined();
    await expectRefused(await comeBack(callback, headers), 'stale');
  });

  it('is refused in another browser, or with a state of their own', async () => {
    const { callback, headers } = await lured();
    await expectRefused(await comeBack(callback, {}), 'stale');
    await expectRefused(await comeBack(callback, (await start()).headers), 'stale');
    callback.searchParams.set('state', 'x'.repeat(43));
    await expectRefused(await comeBack(callback, headers), 'stale');
    await expectRefused(await comeBack(callback, { cookie: `siaga-sign-in=${'x'.repeat(43)}` }), 'stale');
  });

  it('is refused when it took too long', async () => {
    const { callback, headers } = await lured();
    await database.db.query('update started_sign_ins set expires_at = now()');
    await expectRefused(await comeBack(callback, headers), 'stale');
  });

  it.each([
    ['nonce', "update started_sign_ins set nonce = 'x'"],
    ['verifier', `update started_sign_ins set code_verifier = '${'x'.repeat(43)}'`],
  ])('is refused with a code for another %s', async (_what, sql) => {
    const { callback, headers } = await lured();
    await database.db.query(sql);
    await expectRefused(await comeBack(callback, headers), 'failed');
  });

  it('is refused with what another issuer gave', async () => {
    const { callback, headers } = await lured();
    expect(callback.searchParams.get('iss')).toBe(provider.issuer.origin);
    callback.searchParams.set('iss', 'https://evil.example');
    await expectRefused(await comeBack(callback, headers), 'failed');

    const other = await startProvider(publicUrl);
    try {
      other.people.set('rina', { groups: ['ketua'] });
      const { url, headers } = await start();
      const theirs = new URL(url);
      theirs.host = other.issuer.host;
      const callback = await signInAtProvider(theirs.href, 'rina');
      callback.searchParams.set('iss', provider.issuer.origin);
      await expectRefused(await comeBack(callback, headers), 'failed');
    } finally {
      await other.stop();
    }
  });

  it('is told when they, or the provider, said no', async () => {
    const { url, headers } = await start();
    const callback = new URL('/v1/sign-in/oidc/callback', publicUrl);
    const iss = provider.issuer.origin;
    const state = new URL(url).searchParams.get('state') ?? '';
    callback.search = String(new URLSearchParams({ error: 'access_denied', state, iss }));
    await expectRefused(await comeBack(callback, headers), 'denied');
  });

  it.each(['', '?code=a&state=b&code=c', '?state[]=x'])('is refused with the query "%s"', async (query) => {
    const { headers } = await start();
    const answer = await feed.app.inject({ url: `/v1/sign-in/oidc/callback${query}`, headers });
    await expectRefused(answer, 'stale');
  });

  it('goes on nowhere else than in the console', async () => {
    tell('rina', { groups: ['meja'] });
    const { answer } = await signIn('rina', `?return=${encodeURIComponent('//evil.example/')}`);
    expect(answer.headers.location).toBe('/');
  });
});

describe('a provider that is down', () => {
  it('leaves the desk running, and says so', async () => {
    const port = await freePort();
    const at = `http://127.0.0.1:${port}`;
    const gone = await startProvider(at);
    await gone.stop();
    const alone = await startFeed(database, { port, oidc: oidcAt(gone.issuer, at) });
    try {
      const answer = await alone.app.inject({ url: '/v1/sign-in/oidc' });
      expect([answer.statusCode, answer.headers.location]).toEqual([303, refusedAs('provider')]);
      expect((await alone.app.inject({ url: '/v1/session' })).statusCode).toBe(200);
    } finally {
      await alone.stop();
    }
  });

  it('in the middle of it, says so too', async () => {
    const port = await freePort();
    const at = `http://127.0.0.1:${port}`;
    const dying = await startProvider(at);
    dying.people.set('rina', { groups: ['meja'] });
    const desk = await startFeed(database, { port, oidc: oidcAt(dying.issuer, at) });
    try {
      const started = await desk.app.inject({ url: '/v1/sign-in/oidc' });
      const [{ name, value }] = started.cookies as [{ name: string; value: string }];
      const callback = await signInAtProvider(String(started.headers.location), 'rina');
      await dying.stop();
      const headers = { cookie: `${name}=${value}` };
      const answer = await desk.app.inject({ url: callback.pathname + callback.search, headers });
      expect(answer.headers.location).toBe(refusedAs('provider'));
    } finally {
      await desk.stop();
      await dying.stop();
    }
  });
});
