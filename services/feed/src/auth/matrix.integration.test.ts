import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES, type Account, type Role } from '@siaga/storage';
import { useDatabase } from '@siaga/testkit';
import type { RouteOptions } from 'fastify';
import { startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { anAccount, sessionCookie } from '../visitors.fixture.js';

/** Who may what, said once more and by hand: a slip in the table of the app must not be one here too. */
const MAY: Readonly<Record<string, readonly (Role | 'nobody')[]>> = {
  public: ['nobody', 'viewer', 'analyst', 'lead', 'platform', 'admin'],
  read: ['viewer', 'analyst', 'lead', 'admin'],
  decide: ['analyst', 'lead', 'admin'],
  'switch-sending': ['lead', 'admin'],
  'answer-own-notices': ['platform'],
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
    moreRoutes: (app) => void app.get(UNDECLARED, async () => 'open'),
    onRoute: (route) => void (route.url !== UNDECLARED && declared.push(route)),
  });
  for (const role of ROLES) accounts.set(role, await anAccount(database.db, role));
});
afterAll(() => feed.stop());

/** Only the head of the answer: a live stream has no end. Each with a session of its own, for one of the routes ends it. */
async function ask(method: string, url: string, role: Role | 'nobody'): Promise<number> {
  const account = role === 'nobody' ? undefined : accounts.get(role);
  const cookie = account && (await sessionCookie(database.db, account));
  const answer = await feed.app.inject({
    method: method as 'GET',
    url: url.replace(/:\w+/g, '00000000-0000-4000-8000-000000000000').replace('*', 'index.html'),
    headers: {
      ...{ host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json' },
      ...(cookie && { cookie: `${cookie.name}=${cookie.value}` }),
    },
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

  it('is kept to by every route, for every role and for nobody', async () => {
    const wrong: string[] = [];
    for (const { method, url, permission = '' } of routes()) {
      for (const role of ['nobody', ...ROLES] as const) {
        const status = await ask(method, url, role);
        const refusal = role === 'nobody' ? 401 : 403;
        const may = MAY[permission]?.includes(role) ?? false;
        const fits = may ? status !== 401 && status !== 403 && status < 500 : status === refusal;
        if (!fits) wrong.push(`${method} ${url} as ${role}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is nobody where a route says nothing', async () => {
    for (const role of ['nobody', ...ROLES] as const) {
      expect([role, await ask('GET', UNDECLARED, role)]).toEqual([role, role === 'nobody' ? 401 : 403]);
    }
  });
});
