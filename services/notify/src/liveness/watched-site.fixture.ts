import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeEach } from '@jest/globals';
import { outboundClient } from '@siaga/runtime';
import { evidenceOf } from '@siaga/storage';
import { aFlag, type TestDatabase } from '@siaga/testkit';
import { startNotices, type Notices } from '../notices.fixture.js';
import type { Policy } from '../policy.js';
import { checkPosts } from './check-posts.js';
import type { LookUpEntry } from './look-up.js';

export const LIVENESS = { on: true, hours: [1, 6, 24], perHostPerMinute: 6_000 };
export const one = { id: 'demo:1', text: 'usir semua pendatang dari kampung kita' };
export const other = { id: 'demo:2', text: 'mereka itu pencuri dan harus diusir besok pagi' };

/** A site whose posts are reported and then looked up again. Call it at the top level of the file. */
export function useWatchedSite(database: TestDatabase) {
  const client = outboundClient({
    ...{ allowPrivateAddresses: true, userAgent: 'test', timeoutMs: 10_000, maxBodyBytes: 10_000 },
  });
  let notices: Notices;
  let server: Server;
  const watched = {
    site: '',
    /** The paths that were asked for, in order. */
    asked: [] as string[],
    /** What the platform shows at an address. */
    answer: (_request: IncomingMessage, response: ServerResponse): unknown => response.end(),
  };

  beforeEach(async () => {
    await database.db.query('truncate checked_hosts');
    notices = await startNotices(database);
    watched.asked = [];
    server = createServer((request, response) => {
      watched.asked.push(request.url ?? '');
      watched.answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    watched.site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    obey();
  });
  afterEach(async () => {
    await notices.close();
    await new Promise((resolve) => (server.closeAllConnections(), server.close(resolve)));
  });
  afterAll(() => client.close());

  function obey(liveness: Policy['liveness'] = LIVENESS, lookUp?: LookUpEntry) {
    const policy = notices.policy();
    const demo = { ...policy.platforms.demo!, ...(lookUp ? { lookUp } : {}) };
    notices.obey({ ...policy, liveness, platforms: { demo } });
  }

  const show = (status: number, body: unknown = '') => {
    watched.answer = (_request, response) => response.writeHead(status).end(JSON.stringify(body));
  };

  /** Notices about posts, delivered. */
  async function report(...posts: readonly { readonly id: string; readonly text: string }[]) {
    await notices.record(posts.map(({ id, text }) => aFlag({ post: { id, text, url: `${watched.site}/p/${id}` } })));
    await notices.deliverAll();
  }

  const check = (stopping?: AbortSignal) => checkPosts({ ...notices.options, client }, stopping);
  /** Lets that many hours pass: what was written happened earlier, and hosts are free again. */
  async function pass(hours: number) {
    await check();
    await database.db.query(
      `update watched_posts set delivered_at = delivered_at - make_interval(secs => $1::double precision * 3600),
              next_check_at = next_check_at - make_interval(secs => $1::double precision * 3600),
              gone_at = gone_at - make_interval(secs => $1::double precision * 3600)`,
      [hours],
    );
    await database.db.query('update checked_hosts set free_at = now()');
  }
  const after = async (hours: number) => {
    await pass(hours);
    await checkAll();
  };
  /** Looks until every post that is due has been looked at: the rate makes each look wait for the one before. */
  async function checkAll() {
    for (;;) {
      await database.db.query('update checked_hosts set free_at = now() where failures = 0');
      const before = watched.asked.length;
      await check();
      if (watched.asked.length === before) return;
    }
  }
  const rows = () =>
    database.db.query<{ post_id: string; state: string; next: boolean; last_error: string | null; host: string }>(
      'select post_id, state, next_check_at is not null as next, last_error, host from watched_posts order by post_id',
    );
  const states = async () => (await rows()).map(({ state }) => state);
  async function news() {
    const [notice] = await database.db.query<{ notice_id: string }>('select notice_id from notices');
    const events = await evidenceOf(database.db, notice!.notice_id);
    return events.map(({ event }) => event).filter((event) => event.startsWith('post-'));
  }

  return Object.assign(watched, {
    ...{ obey, show, report, check, pass, after, checkAll, rows, states, news },
    notices: () => notices,
  });
}
