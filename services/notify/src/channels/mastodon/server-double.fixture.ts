import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { textOf } from '@siaga/testkit';

interface Report {
  readonly account_id: string;
  readonly status_ids: readonly string[];
  readonly comment: string;
  readonly category: string;
  readonly rule_ids?: readonly string[];
  readonly forward: boolean;
}

/** How the next report is met: a status, with headers; or it is taken and the connection cut. */
type Mood = { readonly status: number; readonly headers?: Record<string, string> } | 'cut';

export const TOKEN = 'token-uji';

/**
 * Our own double of a Mastodon server as one who reports sees it: look-ups by id and by search, and reports, with the limits of the
 * real one: 1,000 characters, statuses of the account that is reported, a token.
 */
export async function serverDouble() {
  /** Account by status id. */
  const statuses = new Map<string, string>();
  const reports: Report[] = [];
  const moods: Mood[] = [];
  const server = createServer(async (request, response) => {
    const reply = (status: number, body: object, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    const url = new URL(request.url ?? '/', 'http://double');
    if (request.headers.authorization !== `Bearer ${TOKEN}`)
      return reply(401, { error: 'The access token is invalid' });
    const statusOf = (id: string) => ({ id, account: { id: statuses.get(id) } });
    const id = /^\/api\/v1\/statuses\/(\w+)$/.exec(url.pathname)?.[1];
    if (id !== undefined)
      return statuses.has(id) ? reply(200, statusOf(id)) : reply(404, { error: 'Record not found' });
    if (url.pathname === '/api/v2/search') {
      const wanted = url.searchParams.get('q')?.split('/').at(-1) ?? '';
      return reply(200, { statuses: statuses.has(wanted) ? [statusOf(wanted)] : [], accounts: [], hashtags: [] });
    }
    if (request.method !== 'POST' || url.pathname !== '/api/v1/reports') return reply(404, { error: 'Not found' });
    const report = JSON.parse(await textOf(request)) as Report;
    const mood = moods.shift();
    if (mood !== undefined && mood !== 'cut') return reply(mood.status, { error: 'no' }, mood.headers);
    const fits =
      [...report.comment].length <= 1_000 && report.status_ids.every((one) => statuses.get(one) === report.account_id);
    if (!fits) return reply(422, { error: 'Validation failed' });
    reports.push(report);
    if (mood === 'cut') return request.socket.destroy();
    return reply(200, { id: String(reports.length), action_taken: false, category: report.category });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    statuses,
    reports,
    /** How the next reports are met, before they are taken again. */
    moods,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
