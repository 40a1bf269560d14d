import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { stateFolder } from '../../fleet/state-folder.js';
import type { CheckResult } from '../check.js';
import { runProgram } from '../run-program.js';
import { startRunningFleet } from '../running-fleet.js';
import type { Workspace } from '../workspace.js';

const SECONDS = 60;
const POSTS_PER_REQUEST = 50;
const CONNECTIONS = 8;
const WANTED_PER_SECOND = 5_000;
/** Above what is wanted, so that an average of it is no accident. */
const REQUESTS_PER_SECOND = Math.ceil((WANTED_PER_SECOND * 1.04) / POSTS_PER_REQUEST);

interface Cannon {
  readonly '2xx': number;
  readonly non2xx: number;
  readonly errors: number;
  readonly timeouts: number;
  readonly duration: number;
  readonly latency: { readonly p50: number; readonly p99: number };
}

/** A minute of pushed posts, with strangers and dawdlers at the same door. */
export async function pushLoad(workspace: Workspace): Promise<CheckResult[]> {
  const { checkout, env, logFolder } = workspace;
  const registry = path.join(logFolder, 'sources.yaml');
  writeFileSync(registry, 'sources:\n  - {name: load, kind: push, token: push-token}\n');
  const fleet = await startRunningFleet(workspace, ['--sources', registry]);
  try {
    const secrets = JSON.parse(readFileSync(stateFolder(path.join(checkout, '.siaga')).secrets, 'utf8')) as {
      'push-token': string;
    };
    const url = `http://127.0.0.1:${fleet.ports.push}/v1/posts`;
    const body = path.join(logFolder, 'body.json');
    const posts = Array.from({ length: POSTS_PER_REQUEST }, (_, i) => ({
      id: i,
      text: `Kabar uji nomor ${i}, tanpa isi apa pun.`,
    }));
    writeFileSync(body, JSON.stringify({ posts }));
    const authorization = `authorization=Bearer ${secrets['push-token']}`;
    const hostile = unwelcome(url, fleet.ports.push);
    const load = await runProgram(
      process.execPath,
      [
        path.join(checkout, 'node_modules/autocannon/autocannon.js'),
        ...['-j', '-m', 'POST', '-i', body, '-H', authorization, '-H', 'content-type=application/json'],
        ...['-d', String(SECONDS), '-c', String(CONNECTIONS), '-R', String(REQUESTS_PER_SECOND), url],
      ],
      { cwd: checkout, env, logFile: path.join(logFolder, 'autocannon.log'), timeoutMs: (SECONDS + 30) * 1000 },
    );
    const cannon = JSON.parse(load.output.slice(load.output.indexOf('{"'))) as Cannon;
    const rate = Math.round((cannon['2xx'] * POSTS_PER_REQUEST) / cannon.duration);
    const failed = cannon.non2xx + cannon.errors + cannon.timeouts;
    return [
      {
        what: `posts per second, for ${Math.round(cannon.duration)} s`,
        figure: `${rate}, a request p50 ${cannon.latency.p50} ms, p99 ${cannon.latency.p99} ms`,
        bar: `>= ${WANTED_PER_SECOND}`,
        pass: rate >= WANTED_PER_SECOND && cannon.duration >= SECONDS - 1,
      },
      { what: 'requests that failed', figure: String(failed), bar: '0', pass: failed === 0 },
      ...(await hostile),
    ];
  } finally {
    await fleet.stop();
  }
}

/** Requests that nobody should take, while the load is on; each must be answered with a problem. */
async function unwelcome(url: string, port: number): Promise<CheckResult[]> {
  const post = async (headers: Record<string, string>, body: string) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, type: response.headers.get('content-type') ?? '' };
  };
  const cases: [string, number, () => Promise<{ status: number; type: string }>][] = [
    ['a stranger', 401, () => post({ authorization: 'Bearer guess' }, '{"posts":[{"text":"a"}]}')],
    ['a slow-loris', 408, () => dawdle(port)],
  ];
  return Promise.all(
    cases.map(async ([what, wanted, ask]) => {
      const { status, type } = await ask();
      return {
        what: `${what} at the same time`,
        figure: `${status} ${type.split(';')[0]}`,
        bar: `${wanted} application/problem+json`,
        pass: status === wanted && type.startsWith('application/problem+json'),
      };
    }),
  );
}

/** Begins a request and never ends it. */
function dawdle(port: number): Promise<{ status: number; type: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('POST /v1/posts HTTP/1.1\r\nhost: a\r\n'));
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    socket.once('error', reject);
    socket.once('close', () =>
      resolve({
        status: Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1] ?? 0),
        type: /content-type: (\S+)/.exec(answer)?.[1] ?? '',
      }),
    );
  });
}
