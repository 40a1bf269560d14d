import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createToken, ROLES, type Account, type Role } from '@siaga/storage';
import { useDatabase } from '@siaga/testkit';
import type { RouteOptions } from 'fastify';
import { startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { anAccount, sessionCookie } from '../visitors.fixture.js';
import { oidcAt } from './oidc/provider.fixture.js';
import { tokenPermissions } from './permissions.js';

/** Who may what, said once more and by hand: a slip in the table of the app must not be one here too. */
const MAY: Readonly<Record<string, readonly (Role | 'nobody')[]>> = {
  public: ['nobody', 'viewer', 'analyst', 'lead', 'platform', 'admin'],
  read: ['viewer', 'analyst', 'lead', 'admin'],
  decide: ['analyst', 'lead', 'admin'],
  'switch-sending': ['lead', 'admin'],
  'answer-own-notices': ['platform'],
  'manage-accounts': ['admin'],
  'own-account': ['viewer', 'analyst', 'lead', 'platform', 'admin'],
};
const UNDECLARED = '/undeclared';
const HOST = 'siaga.test';

const database = useDatabase();
let feed: RunningFeed;
/** As they are declared; a plugin's own are completed after we hear of them. */
const declared: RouteOptions[] = [];
const routes = () =>
  declared.flatMap(({ method, url, config }) =>
    [method].flat().map((one) => ({ method: one, url, permission: config?.permission as string | undefined })),
  );
const accounts = new Map<Role, Account>();

beforeAll(async () => {
  const consoleDir = await mkdtemp(path.join(tmpdir(), 'siaga-console-'));
  await writeFile(path.join(consoleDir, 'index.html'), '<!doctype html>');
  feed = await startFeed(database, {
    consoleDir,
    maxClients: 1_000,
    access: { anonymous: 'nobody' },
    // Its routes are asked too; there is nobody at that address.
    oidc: oidcAt(new URL('http://127.0.0.1:1'), `http://${HOST}`),
    moreRoutes: (app) => void app.get(UNDECLARED, async () => 'open'),
    onRoute: (route) => void (route.url !== UNDECLARED && declared.push(route)),
  });
  for (const role of ROLES) accounts.set(role, await anAccount(database.db, role));
});
afterAll(() => feed.stop());

/** As whom, and by what: each way in with what it may. */
type Way = 'session' | 'token' | 'token for just this' | 'token for all but this';

async function credentials(role: Role | 'nobody', way: Way, permission: string): Promise<Record<string, string>> {
  const browser = { origin: `http://${HOST}` };
  const account = role === 'nobody' ? undefined : accounts.get(role);
  if (!account) return browser;
  if (way === 'session') {
    // One of its own for each, for one of the routes ends it.
    const { name, value } = await sessionCookie(database.db, account);
    return { ...browser, cookie: `${name}=${value}` };
  }
  const scope = tokenPermissions.filter((one) => (one === permission) === (way === 'token for just this'));
  const made = { name: 't', permissions: way === 'token' ? null : scope, lifeMs: 3_600_000, by: 'test' };
  return { authorization: `Bearer ${(await createToken(database.db, account, made)).secret}` };
}

/** What a person alone may. */
const NO_TOKENS = ['own-account', 'manage-accounts'];

/** No token makes tokens or accounts, or ends sessions; what is open to all is open to a token of any scope. */
function mayBy(way: Way, role: Role | 'nobody', permission: string): boolean {
  if (permission === 'public') return true;
  if (!MAY[permission]?.includes(role)) return false;
  return way === 'session' || (!NO_TOKENS.includes(permission) && way !== 'token for all but this');
}

/** Only the head of the answer: a live stream has no end. */
async function ask(method: string, url: string, headers: Record<string, string>): Promise<number> {
  const answer = await feed.app.inject({
    method: method as 'GET',
    url: url.replace(/:\w+/g, '00000000-0000-4000-8000-000000000000').replace('*', 'index.html'),
    headers: { host: HOST, 'content-type': 'application/json', ...headers },
    ...(method === 'POST' || method === 'PUT' || method === 'PATCH' ? { payload: '{}' } : {}),
    payloadAsStream: true,
  });
  answer.stream().destroy();
  return answer.statusCode;
}

describe('who may do what', () => {
  it('is said by every route', () => {
    expect(routes().length).toBeGreaterThan(10);
    expect(routes().filter(({ permission }) => permission === undefined || !Object.hasOwn(MAY, permission))).toEqual(
      [],
    );
  });

  it.each(['session', 'token', 'token for just this', 'token for all but this'] as const)(
    'is kept to by every route, for every role and for nobody, by %s',
    async (way) => {
      const wrong: string[] = [];
      for (const { method, url, permission = '' } of routes()) {
        for (const role of ['nobody', ...ROLES] as const) {
          const status = await ask(method, url, await credentials(role, way, permission));
          const refusal = role === 'nobody' ? 401 : 403;
          const fits = mayBy(way, role, permission)
            ? status !== 401 && status !== 403 && status < 500
            : status === refusal;
          if (!fits) wrong.push(`${method} ${url} as ${role}: ${status}`);
        }
      }
      expect(wrong).toEqual([]);
    },
  );

  it('is nobody where a route says nothing', async () => {
    for (const role of ['nobody', ...ROLES] as const) {
      const status = await ask('GET', UNDECLARED, await credentials(role, 'session', ''));
      expect([role, status]).toEqual([role, role === 'nobody' ? 401 : 403]);
    }
  });
});
