import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { topicsOf } from '@siaga/contracts';
import { openDatabase, verifyEvidence } from '@siaga/storage';
import { readNoticeFile } from '../demo-platform/notice-file.js';
import { stateFolder } from '../fleet/state-folder.js';
import { feedPosts } from '../load/feed-posts.js';
import { startLoadedFleet, type LoadedFleet } from '../load/loaded-fleet.js';
import { loadPosts } from '../load/posts.js';
import { readAccount } from '../load/read-account.js';
import { settled } from '../load/settled.js';
import { recordedPid, takeRunFolder } from '../supervisor/run-folder.js';
import { chaosRig } from './chaos-rig.js';
import { accountForNotices } from './notices-account.js';
import type { ChaosOptions } from './options.js';
import { planFaults } from './plan-faults.js';
import { chaosReport, type ChaosReport } from './report.js';
import { mountSmallDisk, removeLeftDisk } from './small-disk.js';
import { strikeAll, type Struck } from './strike-all.js';
import type { Breakable } from './strike.js';

const MIX = { harmfulShare: 0.005, hostileShare: 0.002 };
/** Of Kafka's log, PostgreSQL's, the posts' file and the services' logs, with room to spare. */
const BYTES_PER_POST = 3_000;
const BYTES_AT_LEAST = 3 * 2 ** 30;

/**
 * One run: a fleet, a load, faults by the schedule of the seed, and what is left when it has come to rest.
 *
 * @throws Error when the fleet cannot be started, or a part of it ends for good
 */
export async function runChaos(
  options: ChaosOptions,
  surroundings: { repository: string; env: NodeJS.ProcessEnv; signal: AbortSignal; say: (text: string) => void },
): Promise<ChaosReport> {
  const { seed, minutes, rate, workers, kinds } = options;
  const { repository, say } = surroundings;
  const root = path.join(repository, '.siaga', 'chaos');
  const seconds = Math.round(minutes * 60);
  const run = await takeRunFolder(path.join(root, 'run'), (name, pid) => say(`ending ${name} (${pid}), left over`));
  const hopeless = new AbortController();
  const signal = AbortSignal.any([surroundings.signal, hopeless.signal]);
  const place = path.join(root, 'disk');
  removeLeftDisk(place);
  const disk = mountSmallDisk(place, Math.max(BYTES_AT_LEAST, rate * seconds * BYTES_PER_POST));
  const state = stateFolder(place);
  const rig = chaosRig(path.join(root, 'rig'), seed);
  let fleet: LoadedFleet | undefined;
  try {
    fleet = await startLoadedFleet({
      ...{ repository, state, run, workers, env: surroundings.env, rig: rig.make, signal, write: say },
      onHopeless: (error) => hopeless.abort(error),
    });
    const classify = Array.from({ length: workers }, (_none, i) => (i === 0 ? 'classify' : `classify-${i + 1}`));
    const processes = ['ingest', ...classify, 'notify', 'feed', 'platform'];
    const faults = kinds.length === 0 ? [] : planFaults(seed, { runMs: seconds * 1000, processes, kinds });
    const breakable: Breakable = {
      ...{ proxies: rig.proxies(), disk, moodFile: rig.moodFile, clockFileOf: rig.clockFileOf },
      pidOf: (name) => recordedPid(path.join(root, 'run'), name),
    };
    const runId = `chaos-${seed}`;
    const make = loadPosts(
      { demoFile: path.join(repository, 'infra', 'dev', 'demo-posts.ndjson'), run: runId, seed },
      MIX,
    );
    say(`${rate} posts a second for ${seconds} s, ${faults.length} faults`);
    const enough = new AbortController();
    const striking = strikeAll(faults, { fleet: breakable, signal: AbortSignal.any([signal, enough.signal]), say });
    let struck: Struck[] = [];
    const fed = await feedPosts({
      ...{ rate, seconds, make, file: fleet.postsFile, push: fleet.push, signal, onTick: () => undefined },
      topic: { brokers: fleet.brokers, name: topicsOf().posts.name },
    }).finally(async () => {
      enough.abort();
      struck = await striking;
    });
    say('all posts are taken; waiting until the fleet has come to rest');
    const db = openDatabase(fleet.databaseUrl, { applicationName: 'siaga-chaos', poolSize: 2 });
    try {
      const platformUrl = `http://127.0.0.1:${fleet.ports.platform}`;
      const stuck = await settled({ brokers: fleet.brokers, db, platformUrl, signal, onLook: onceAWhile(say) });
      say('reading the ledger');
      const account = await readAccount(fleet.brokers, { run: runId, total: fed.made, signal });
      const recorded = await db.query<{ id: string }>('select flag_id as id from flags');
      return chaosReport({
        ...{ options, fed, struck, stuck, account },
        recordedFlags: new Set(recorded.map(({ id }) => id)),
        notices: await accountForNotices(readNoticeFile(state.notices), db),
        evidence: await verifyEvidence(db),
      });
    } finally {
      await db.close();
    }
  } finally {
    await fleet?.stop();
    await rig.close();
    cpSync(state.logs, path.join(root, `logs-${seed}`), { recursive: true, force: true });
    disk?.remove();
    run.release();
  }
}

/** Writes what a run says of itself beside the logs. */
export function keepReport(repository: string, seed: number, text: string): string {
  const file = path.join(repository, '.siaga', 'chaos', `report-${seed}.txt`);
  writeFileSync(file, `${text}\n`);
  return file;
}

function onceAWhile(say: (text: string) => void): (text: string) => void {
  let saidAt = 0;
  return (text) => {
    if (Date.now() - saidAt < 5_000) return;
    saidAt = Date.now();
    say(text);
  };
}
