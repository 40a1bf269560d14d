import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createToken, type Account, type Role } from '@siaga/storage';
import { useDatabase } from '@siaga/testkit';
import { startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { anAccount, sessionCookie } from '../visitors.fixture.js';
import type { AccountItem, AccountPage, Invitation } from './account-routes.js';

const database = useDatabase();
const HOST = 'siaga.test';
let feed: RunningFeed;
let admin: Account;
let cookie: string;

async function cookieOf(account: Account) {
  const { name, value } = await sessionCookie(database.db, account);
  return `${name}=${value}`;
}
beforeAll(async () => {
  feed = await startFeed(database, { access: { anonymous: 'nobody', publicUrl: new URL(`https://${HOST}`) } });
  admin = await anAccount(database.db, 'admin', 'kepala');
  cookie = `__Host-${await cookieOf(admin)}`;
});
afterAll(() => feed.stop());

async function ask<T>(method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) {
  const headers = { host: HOST, origin: `https://${HOST}`, cookie };
  const answer = await feed.app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.json<T>() };
}
const list = async (query = '') => (await ask<AccountPage>('GET', `/v1/accounts${query}`)).body;
const invite = (name: string, role: Role, platform?: string) =>
  ask<Invitation>('POST', '/v1/accounts', { name, role, ...(platform && { platform }) });

describe('who manages accounts', () => {
  it('invites somebody by a link that signs in once, and sees when they came', async () => {
    const { status, body } = await invite(' Rina ', 'analyst');
    expect([status, body.account]).toMatchObject([
      201,
      { name: 'Rina', role: 'analyst', lastSeenAt: null, disabledAt: null },
    ]);
    const link = new URL(body.link);
    expect([link.origin, Date.parse(body.expiresAt) > Date.now()]).toEqual([`https://${HOST}`, true]);
    const signIn = () =>
      feed.app.inject({
        ...{ method: 'POST', url: '/v1/session', headers: { host: HOST, origin: `https://${HOST}` } },
        payload: { link: link.hash.replace('#sign-in=', '') },
      });
    expect((await signIn()).json()).toMatchObject({ account: { name: 'Rina', role: 'analyst' } });
    expect((await signIn()).statusCode).toBe(401);
    expect((await list('?name=rin')).items).toMatchObject([{ name: 'Rina', lastSeenAt: expect.any(String) }]);
    expect((await invite('Rina', 'viewer')).status).toBe(409);
  });

  it('sees when a program last came, too', async () => {
    const account = await anAccount(database.db, 'viewer', 'pencatat');
    const token = { name: 't', permissions: null, lifeMs: 60_000, by: 'test' };
    const { secret } = await createToken(database.db, account, token);
    const seen = async () => (await list('?name=pencatat')).items[0]?.lastSeenAt;
    expect(await seen()).toBeNull();
    const headers = { host: HOST, authorization: `Bearer ${secret}` };
    expect((await feed.app.inject({ url: '/v1/flags', headers })).statusCode).toBe(200);
    expect(await seen()).not.toBeNull();
  });

  it('makes a new link, which ends the one before', async () => {
    const { account, link } = (await invite('Tono', 'viewer')).body;
    const again = await ask<Invitation>('POST', `/v1/accounts/${account.accountId}/link`);
    expect([again.status, again.body.link === link]).toEqual([201, false]);
    const [kept] = await database.db.query<{ links: number }>(
      'select count(*)::int as links from sign_in_links where account_id = $1',
      [account.accountId],
    );
    expect(kept?.links).toBe(1);
  });

  it('gives another role and shuts out, at once, and the log says who did', async () => {
    const { accountId, name } = (await invite('Budi', 'viewer')).body.account;
    const change = (fields: object) => ask<AccountItem>('PATCH', `/v1/accounts/${accountId}`, fields);
    expect((await change({ role: 'platform', platform: 'demo' })).body).toMatchObject({
      role: 'platform',
      platform: 'demo',
    });
    expect((await change({ role: 'lead' })).body).toMatchObject({ role: 'lead', platform: null });
    expect((await change({ disabled: true })).body.disabledAt).not.toBeNull();
    expect((await ask('POST', `/v1/accounts/${accountId}/link`)).status).toBe(409);
    expect((await change({ disabled: false })).body.disabledAt).toBeNull();
    const events = await database.db.query(
      `select event, body::jsonb ->> 'by' as by from evidence where body::jsonb ->> 'name' = $1 order by seq`,
      [name],
    );
    const made = ['account-added', 'sign-in-link-made', 'role-changed', 'role-changed'];
    expect(events).toEqual([...made, 'account-disabled', 'account-enabled'].map((event) => ({ event, by: 'kepala' })));
  });

  it('is refused what makes no sense, and never changes their own account', async () => {
    const own = await ask('PATCH', `/v1/accounts/${admin.accountId}`, { disabled: true });
    expect(own.status).toBe(409);
    expect((await ask('PATCH', `/v1/accounts/${admin.accountId}`, { role: 'viewer' })).status).toBe(409);
    const wrong: [object, number][] = [
      [{ name: '', role: 'viewer' }, 400],
      [{ name: '  ', role: 'viewer' }, 400],
      [{ name: 'a\u202eb', role: 'viewer' }, 400],
      [{ name: 'a\u0000b', role: 'viewer' }, 400],
      [{ name: 'a', role: 'king' }, 400],
      [{ name: 'a', role: 'platform' }, 400],
      [{ name: 'a', role: 'viewer', platform: 'demo' }, 400],
      [{ name: 'a', role: 'platform', platform: '<b>' }, 400],
    ];
    for (const [body, status] of wrong) {
      expect([body, (await ask('POST', '/v1/accounts', body)).status]).toEqual([body, status]);
    }
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect((await ask('PATCH', `/v1/accounts/${nobody}`, { disabled: true })).status).toBe(404);
    expect((await ask('POST', `/v1/accounts/${nobody}/link`)).status).toBe(404);
  });

  it('lists, filters and pages as every list does', async () => {
    const all: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: AccountPage = await list(`?limit=2${next && `&cursor=${next}`}`);
      all.push(...page.items.map(({ name }) => name));
      next = page.next;
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual((await list('?limit=200')).items.map(({ name }) => name));
    expect((await list('?role=admin')).items.map(({ name }) => name)).toEqual(['kepala']);
    expect((await list('?sort=-lastSeenAt&limit=1')).items[0]?.lastSeenAt).not.toBeNull();
  });
});
