import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aFlag, pythonWith, useDatabase } from '@siaga/testkit';
import { aNotice, aSentNotice } from '../notice.fixture.js';
import { openCampaign, recordFlags, startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { anAccount, bearer, sessionCookie } from '../visitors.fixture.js';

const FOLDER = path.join(import.meta.dirname, '../../schemathesis');
/** How many requests are made at least. Without it nothing is installed and nothing runs: the acceptance checks say it. */
const CASES = Number(process.env.SIAGA_SCHEMATHESIS_CASES ?? 0);
/** Most requests are of phases that go by the document and not by this number. */
const CASES_PER_OPERATION = Math.ceil(CASES / 100);
const TIMEOUT_MS = 35 * 60_000;

/**
 * A document cannot say that `from` is before `to`, or which cursors were handed out, so that a request which fits it may be
 * refused; and here an address without the method is an address without anything.
 */
const BESIDE_THE_POINT = ['positive_data_acceptance', 'unsupported_method'];

(CASES > 0 ? describe : describe.skip)('what schemathesis makes of the document', () => {
  const database = useDatabase();
  let feed: RunningFeed;
  let schemathesis: string;
  let requests = 0;

  beforeAll(async () => {
    schemathesis = path.join(path.dirname(await pythonWith(path.join(FOLDER, 'requirements.txt'))), 'schemathesis');
    feed = await startFeed(database, { access: { publicUrl: undefined } });
    const { db } = database;
    await recordFlags(db, await openCampaign(db), [aFlag(), aFlag({ labels: { religion: 0.7 } })]);
    await recordFlags(db, await openCampaign(db, 'hoax'), [aFlag({ audit: { share: 0.1 } })]);
    for (let hours = -1; hours < 2; hours++) await aNotice(db, { dueInHours: hours });
    await aSentNotice(db, { dueInHours: 2 });
  }, TIMEOUT_MS);
  afterAll(() => feed?.stop());

  /** Fails with all that it found. */
  async function tryAll(
    headers: Readonly<Record<string, string>>,
    { without = [], only = [] }: { without?: readonly string[]; only?: readonly string[] },
  ): Promise<void> {
    const args = [
      ...Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
      ...['--exclude-checks', [...BESIDE_THE_POINT, ...without].join(',')],
      // They have no end, which every request would wait for.
      ...['streamFlags', 'streamQueryFlags'].flatMap((name) => ['--exclude-operation-id', name]),
      ...only,
      ...['--max-examples', String(CASES_PER_OPERATION), '--continue-on-failure', '--generation-database', 'none'],
    ];
    const child = spawn(
      schemathesis,
      ['--config-file', path.join(FOLDER, 'schemathesis.toml'), 'run', `${feed.base}/openapi.json`, ...args],
      {
        cwd: await mkdtemp(path.join(tmpdir(), 'siaga-schemathesis-')),
        ...{ stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NO_COLOR: '1' } },
      },
    );
    const exit = once(child, 'exit');
    let output = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) output += chunk;
    const [, count] = /(\d+) generated/.exec(output) ?? [];
    const [code] = await exit;
    if (code !== 0 || count === undefined) throw new Error(`exit ${code}:\n${output}`);
    requests += Number(count);
  }

  it('holds for who reads without signing in', () => tryAll({}, {}), TIMEOUT_MS);

  it(
    "holds for an administrator's program",
    // A good token stays good, whatever cookie it makes up beside it.
    async () => tryAll(await bearer(database.db, 'admin'), { without: ['ignored_auth'] }),
    TIMEOUT_MS,
  );

  it(
    "holds for a platform's program",
    async () =>
      tryAll(await bearer(database.db, 'platform'), { without: ['ignored_auth'], only: ['--include-tag', 'platform'] }),
    TIMEOUT_MS,
  );

  it(
    'holds for a browser, which has an account to see to',
    async () => {
      const { name, value } = await sessionCookie(database.db, await anAccount(database.db, 'admin'));
      const only = ['--include-tag', 'account', '--exclude-operation-id', 'signOut'];
      // The cookie goes with every request, also with those that are meant to lack it.
      const without = ['ignored_auth', 'negative_data_rejection'];
      await tryAll({ cookie: `${name}=${value}`, origin: feed.base }, { without, only });
    },
    TIMEOUT_MS,
  );

  it('has been tried often enough', () => {
    process.stdout.write(`\nschemathesis: ${requests} requests, no 5xx and no answer beside the document\n`);
    expect(requests).toBeGreaterThanOrEqual(CASES);
  });
});
