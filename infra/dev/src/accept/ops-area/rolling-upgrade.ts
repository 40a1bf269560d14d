import { renameSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase } from '@siaga/storage';
import { accountForNotices } from '../../chaos/notices-account.js';
import { readNoticeFile } from '../../demo-platform/notice-file.js';
import { stateFolder } from '../../fleet/state-folder.js';
import { feedPosts } from '../../load/feed-posts.js';
import { startLoadedFleet, type LoadedFleet } from '../../load/loaded-fleet.js';
import { loadPosts } from '../../load/posts.js';
import { readAccount } from '../../load/read-account.js';
import { settled } from '../../load/settled.js';
import { recordedPid, takeRunFolder } from '../../supervisor/run-folder.js';
import type { CheckResult } from '../check.js';
import { revisionsSentTwice } from '../revisions-sent-twice.js';
import { answers } from '../running-fleet.js';
import type { Workspace } from '../workspace.js';
import { oldVersion } from './old-version.js';

/** How far back the old version is; a commit of one's own by SIAGA_UPGRADE_FROM. */
const FROM = 'HEAD~20';
const RATE = 500;
const SECONDS = 90;
/** Long enough for both versions to work side by side. */
const BETWEEN_MS = 8_000;
const BACK_MS = 60_000;
const RUN = 'upgrade';

/** Every process is replaced by one of the new version while posts come in; the two classify workers are of both for a while. */
export async function rollingUpgrade(workspace: Workspace): Promise<CheckResult[]> {
  const { checkout, env, logFolder, say } = workspace;
  say('building the old version');
  const old = await oldVersion(workspace, env.SIAGA_UPGRADE_FROM ?? FROM);
  const current = path.join(logFolder, 'current');
  symlinkSync(old.folder, current);
  const state = stateFolder(path.join(logFolder, 'upgrade'));
  const run = await takeRunFolder(state.run, () => undefined);
  const hopeless = new AbortController();
  const { signal } = hopeless;
  let fleet: LoadedFleet | undefined;
  try {
    fleet = await startLoadedFleet({
      ...{ repository: current, state, run, workers: 2, env, signal, write: say },
      onHopeless: (error) => hopeless.abort(error),
    });
    const demoFile = path.join(checkout, 'infra', 'dev', 'demo-posts.ndjson');
    const make = loadPosts({ demoFile, run: RUN, seed: 1 }, { harmfulShare: 0.01, hostileShare: 0.002 });
    const feeding = feedPosts({
      ...{
        rate: RATE,
        seconds: SECONDS,
        make,
        file: fleet.postsFile,
        push: fleet.push,
        signal,
        onTick: () => undefined,
      },
      topic: { brokers: fleet.brokers, name: 'siaga.posts' },
    });
    feeding.catch(() => undefined);
    await wait(BETWEEN_MS);
    symlinkSync(path.resolve(checkout), `${current}.new`);
    renameSync(`${current}.new`, current);
    const { ports } = fleet;
    // Where the second worker says that it is ready is known to the fleet alone: of that one, the process is waited for.
    const order: [string, number | undefined][] = [
      ['notify', ports.notifyOps],
      ['classify', ports.classifyOps],
      ['classify-2', undefined],
      ['feed', ports.feedOps],
      ['ingest', ports.ingestOps],
    ];
    const seconds: number[] = [];
    for (const [name, opsPort] of order) {
      seconds.push(await replace(name, opsPort, state.run));
      say(`${name} is of the new version`);
      await wait(BETWEEN_MS);
    }
    const fed = await feeding;
    const db = openDatabase(fleet.databaseUrl, { applicationName: 'siaga-accept', poolSize: 2 });
    try {
      const platformUrl = `http://127.0.0.1:${ports.platform}`;
      const stuck = await settled({ brokers: fleet.brokers, db, platformUrl, signal, onLook: () => undefined });
      const account = await readAccount(fleet.brokers, { run: RUN, total: fed.made, signal });
      const recorded = await db.query<{ id: string }>('select flag_id as id from flags');
      const known = new Set(recorded.map(({ id }) => id));
      const missing = [...account.flags.keys()].filter((id) => !known.has(id)).length;
      const notices = await accountForNotices(readNoticeFile(state.notices), db);
      // The demo platform is of the old version, too, and may not write down what a notice said.
      const revisions = await revisionsSentTwice(fleet.databaseUrl);
      const ended = account.scored + account.dropped + account.deadLetters;
      const [lost, both] = [account.lost().length, account.both().length];
      return [
        {
          what: `from ${old.commit} to today's under ${RATE} posts/s: every post ends once`,
          figure: `${fed.made} in, ${ended} ended, ${lost} lost, ${both} twice; replaced in ${seconds.map((s) => s.toFixed(1)).join(', ')} s`,
          bar: 'all, 0, 0',
          pass: stuck === undefined && lost === 0 && both === 0 && ended === fed.made,
        },
        {
          what: 'flags, of either version',
          figure: `${account.flags.size} on the topic, ${missing} missing in PostgreSQL, ${account.repeats.verdicts} verdicts written again`,
          bar: 'some, 0 missing; a verdict may be written again under its key',
          pass: account.flags.size > 0 && missing === 0,
        },
        {
          what: 'notices, as the platform and PostgreSQL have them',
          figure: `${notices.received} received; ${notices.repeated} twice, ${revisions} revisions twice, ${notices.onlyHere + notices.onlyThere} known to one side`,
          bar: 'some, 0, 0, 0',
          pass: notices.received > 0 && notices.repeated + revisions + notices.onlyHere + notices.onlyThere === 0,
        },
      ];
    } finally {
      await db.close();
    }
  } finally {
    await fleet?.stop();
    run.release();
  }
}

/** @returns the seconds until another process is there, and ready */
async function replace(name: string, opsPort: number | undefined, runFolder: string): Promise<number> {
  const before = recordedPid(runFolder, name);
  if (before === undefined) throw new Error(`${name} is not running`);
  const startedAt = Date.now();
  process.kill(before, 'SIGTERM');
  for (;;) {
    const now = recordedPid(runFolder, name);
    const isReady = async () => opsPort === undefined || (await answers(`http://127.0.0.1:${opsPort}/readyz`));
    if (now !== undefined && now !== before && (await isReady())) break;
    if (Date.now() - startedAt > BACK_MS) throw new Error(`${name} is not back after ${BACK_MS / 1000} s`);
    await wait(100);
  }
  return (Date.now() - startedAt) / 1000;
}
