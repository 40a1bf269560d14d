import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { topicsOf } from '@siaga/contracts';
import { openDatabase } from '@siaga/storage';
import { stateFolder } from '../fleet/state-folder.js';
import { feedPosts } from '../load/feed-posts.js';
import { startLoadedFleet, type LoadedFleet } from '../load/loaded-fleet.js';
import { loadPosts } from '../load/posts.js';
import { recordedPid, takeRunFolder } from '../supervisor/run-folder.js';
import { judge, restarted, type Finding, type Moment } from './judge.js';
import type { SoakOptions } from './options.js';
import { plotSoak } from './plot.js';
import { startReaders } from './readers.js';
import { connectionsByApplication, sampleProcess } from './sample.js';

const MIX = { harmfulShare: 0.005, hostileShare: 0.002 };
const SAMPLES = 180;
const PAUSE_MS = { least: 2_000, most: 10_000 };

export interface SoakReport {
  readonly ok: boolean;
  readonly minutes: number;
  readonly rate: number;
  readonly posts: number;
  readonly readers: { readonly asked: number; readonly failed: number };
  readonly restarted: readonly string[];
  readonly findings: readonly Finding[];
  readonly plot: string;
}

/**
 * A fleet under a steady load, with people who read, looked at from outside.
 *
 * @throws Error when it cannot be started, or a part of it ends for good
 */
export async function runSoak(
  { minutes, rate }: SoakOptions,
  surroundings: { repository: string; env: NodeJS.ProcessEnv; signal: AbortSignal; say: (text: string) => void },
): Promise<SoakReport> {
  const { repository, say } = surroundings;
  const root = path.join(repository, '.siaga', 'soak');
  const state = stateFolder(root);
  const run = await takeRunFolder(state.run, (name, pid) => say(`ending ${name} (${pid}), left over`));
  const hopeless = new AbortController();
  const signal = AbortSignal.any([surroundings.signal, hopeless.signal]);
  let fleet: LoadedFleet | undefined;
  try {
    const env = { ...surroundings.env, SIAGA_AUDIT_SHARE: '0.001' };
    fleet = await startLoadedFleet({
      ...{ repository, state, run, workers: 1, env, signal, write: say },
      onHopeless: (error) => hopeless.abort(error),
    });
    const { ports } = fleet;
    const watched: readonly (readonly [string, number?])[] = [
      ['ingest', ports.ingestOps],
      ['classify', ports.classifyOps],
      ['notify', ports.notifyOps],
      ['feed', ports.feedOps],
    ];
    const db = openDatabase(fleet.databaseUrl, { applicationName: 'soak', poolSize: 1 });
    const readers = startReaders(`http://127.0.0.1:${ports.feed}`);
    const ended = new AbortController();
    const looking = look(
      ended.signal,
      Math.min(PAUSE_MS.most, Math.max(PAUSE_MS.least, (minutes * 60_000) / SAMPLES)),
      async () => {
        const connections = await connectionsByApplication(db);
        return Promise.all(
          watched.map(([name, opsPort]) => {
            const pid = recordedPid(state.run, name);
            if (pid === undefined) throw new Error(`${name} is not running`);
            return sampleProcess({ name, pid, opsPort }, connections);
          }),
        );
      },
    );
    const demoFile = path.join(repository, 'infra', 'dev', 'demo-posts.ndjson');
    const fed = await feedPosts({
      ...{ rate, seconds: Math.round(minutes * 60), signal, onTick: () => undefined },
      make: loadPosts({ demoFile, run: 'soak', seed: 1 }, MIX),
      ...{ file: fleet.postsFile, push: fleet.push },
      topic: { brokers: fleet.brokers, name: topicsOf().posts.name },
    }).finally(() => ended.abort());
    const moments = await looking;
    const read = await readers.close();
    await db.close();
    const plot = path.join(root, 'soak.svg');
    writeFileSync(plot, plotSoak(moments, `${rate} posts a second`));
    writeFileSync(path.join(root, 'soak.json'), JSON.stringify(moments));
    const findings = judge(moments);
    const again = restarted(moments);
    return {
      ok: again.length === 0 && read.failed === 0 && findings.length > 0 && findings.every(({ flat }) => flat),
      ...{ minutes, rate, posts: fed.made, readers: read, restarted: again, findings, plot },
    };
  } finally {
    await fleet?.stop();
    run.release();
  }
}

/** Looks now and then until told to stop. @throws what a look throws */
async function look(signal: AbortSignal, pauseMs: number, once: () => Promise<Moment['processes']>): Promise<Moment[]> {
  const moments: Moment[] = [];
  const startedAt = Date.now();
  while (!signal.aborted) {
    moments.push({ seconds: (Date.now() - startedAt) / 1000, processes: await once() });
    await wait(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  return moments;
}
