import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  changeRole,
  createToken,
  disableAccount,
  endSession,
  listSessions,
  listTokens,
  revokeToken,
} from '@siaga/storage';
import type { Account } from '@siaga/storage';
import { until, useDatabase } from '@siaga/testkit';
import { DEFAULT_ACCESS } from '../auth/access.js';
import { startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { anAccount, sessionCookie } from '../visitors.fixture.js';

const database = useDatabase();
let feed: RunningFeed;
beforeAll(async () => {
  feed = await startFeed(database);
});
afterAll(() => feed.stop());

const HOUR_MS = 3_600_000;

/** A stream, and whether the server has ended it. */
async function follow(headers: Record<string, string>) {
  const answer = await fetch(`${feed.base}/v1/stream`, { headers });
  const reader = answer.body?.getReader();
  if (!reader) throw new Error(`no stream: ${answer.status}`);
  await reader.read();
  const stream = { over: false, close: () => reader.cancel() };
  const drain = async () => {
    while (!(await reader.read()).done);
    stream.over = true;
  };
  void drain().catch(() => (stream.over = true));
  return stream;
}
const bySession = async (account: Account) => {
  const { name, value } = await sessionCookie(database.db, account);
  return follow({ cookie: `${name}=${value}` });
};
const byToken = async (account: Account, permissions: string[] | null = null) => {
  const made = { name: 't', permissions, lifeMs: HOUR_MS, by: 'test' };
  return follow({ authorization: `Bearer ${(await createToken(database.db, account, made)).secret}` });
};

it.each([
  [
    'its session is ended',
    bySession,
    async (account: Account) => {
      const [session] = await listSessions(database.db, account, DEFAULT_ACCESS.session);
      await endSession(database.db, account, session?.sessionId ?? '');
    },
  ],
  ['its session has expired', bySession, () => database.db.query('update sessions set expires_at = now()')],
  [
    'its token is revoked',
    byToken,
    async (account: Account) => {
      const [token] = await listTokens(database.db, account);
      await revokeToken(database.db, account, token?.tokenId ?? '', 'test');
    },
  ],
  ['its token has expired', byToken, () => database.db.query('update api_tokens set expires_at = now()')],
  ['its account is disabled', byToken, (account: Account) => disableAccount(database.db, account, true, 'test')],
  [
    'its role reads no longer',
    bySession,
    (account: Account) => changeRole(database.db, account, { role: 'platform', platform: 'demo' }, 'test'),
  ],
])('a stream ends when %s, and the others go on', async (_when, open, end: (account: Account) => Promise<unknown>) => {
  const account = await anAccount(database.db, 'analyst');
  const stream = await open(account);
  await end(account);
  const others = [await bySession(await anAccount(database.db, 'viewer')), await follow({})];
  await until('the stream has ended', () => stream.over);
  expect(others.map(({ over }) => over)).toEqual([false, false]);
  await Promise.all(others.map(({ close }) => close()));
});
