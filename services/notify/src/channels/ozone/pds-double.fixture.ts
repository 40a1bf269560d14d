import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { textOf } from '@siaga/testkit';

interface Report {
  readonly reasonType: string;
  readonly reason: string;
  readonly subject: { readonly $type: string; readonly uri: string; readonly cid: string };
}

/** How the next report is met: an answer; or it is taken and the connection cut. */
type Mood =
  { readonly status: number; readonly error: string; readonly headers?: Record<string, string> } | 'cut' | 'lost';

export const PASSWORD = 'sandi-uji';
export const LABELER = 'did:plc:moderasi';

/**
 * Our own double of a PDS with an Ozone behind it, as one who reports sees them: sessions whose tokens expire and can be refreshed
 * once, look-ups, reports within the lexicon's limits, and the team's view of them. What the real one does is seen by
 * `npm run accept -- notify 2`.
 */
export async function pdsDouble() {
  /** CID by URI. */
  const records = new Map<string, string>();
  const handles = new Map<string, string>();
  const reports: Report[] = [];
  const moods: Mood[] = [];
  const calls: string[] = [];
  let serial = 0;
  let access = '';
  let refresh = '';
  const server = createServer(async (request, response) => {
    const reply = (status: number, body: object, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    const url = new URL(request.url ?? '/', 'http://double');
    const method = url.pathname.slice('/xrpc/'.length);
    const param = (name: string) => url.searchParams.get(name) ?? '';
    const body = request.method === 'POST' ? await textOf(request) : '';
    const token = request.headers.authorization?.slice('Bearer '.length);
    calls.push(method.split('.').at(-1) ?? '');
    const open = () => {
      [access, refresh] = [`access-${++serial}`, `refresh-${serial}`];
      reply(200, { accessJwt: access, refreshJwt: refresh, did: 'did:plc:pelapor', handle: 'pelapor.test' });
    };
    if (method === 'com.atproto.server.createSession') {
      const { password } = JSON.parse(body) as { password: string };
      return password === PASSWORD ? open() : reply(401, { error: 'AuthenticationRequired' });
    }
    if (method === 'com.atproto.server.refreshSession')
      return token === refresh ? open() : reply(400, { error: 'ExpiredToken' });
    if (token !== access) return reply(400, { error: 'ExpiredToken', message: 'Token has expired' });
    if (method === 'com.atproto.server.getSession') return reply(200, { did: 'did:plc:pelapor' });
    if (method === 'com.atproto.identity.resolveHandle') {
      const did = handles.get(param('handle'));
      return did ? reply(200, { did }) : reply(400, { error: 'HandleNotFound' });
    }
    if (method === 'com.atproto.repo.getRecord') {
      const uri = `at://${param('repo')}/${param('collection')}/${param('rkey')}`;
      const cid = records.get(uri);
      return cid ? reply(200, { uri, cid, value: {} }) : reply(400, { error: 'RecordNotFound' });
    }
    if (request.headers['atproto-proxy'] !== `${LABELER}#atproto_labeler`) return reply(404, { error: 'NotProxied' });
    if (method === 'tools.ozone.moderation.queryEvents') {
      const found = reports.filter(
        ({ reason, subject }) =>
          reason.includes(param('comment')) && (param('subject') === '' || subject.uri === param('subject')),
      );
      return reply(200, { events: found.map((_report, id) => ({ id })) });
    }
    if (method !== 'com.atproto.moderation.createReport') return reply(501, { error: 'MethodNotImplemented' });
    const report = JSON.parse(body) as Report;
    const mood = moods.shift();
    if (mood === 'lost') return request.socket.destroy();
    if (mood !== undefined && mood !== 'cut') return reply(mood.status, { error: mood.error }, mood.headers);
    const graphemes = [...new Intl.Segmenter().segment(report.reason)].length;
    if (graphemes > 2_000) return reply(400, { error: 'InvalidRequest', message: 'grapheme too big' });
    reports.push(report);
    if (mood === 'cut') return request.socket.destroy();
    return reply(200, { id: reports.length, reasonType: report.reasonType });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    records,
    handles,
    reports,
    /** How the next reports are met, before they are taken again. */
    moods,
    /** The names of what was called. */
    calls,
    /** The access token is no good any more; nor the refresh token, when its time is over, too. */
    expire({ refreshToo = false } = {}) {
      access = 'expired';
      if (refreshToo) refresh = 'expired';
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
