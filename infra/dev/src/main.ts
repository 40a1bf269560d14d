import path from 'node:path';
import { createProgressLine } from '@siaga/runtime';
import { renderAddresses } from './addresses.js';
import { Fault } from './fault.js';
import { adminLink } from './fleet/admin-link.js';
import { startFleet, stopFleet } from './fleet/fleet.js';
import { planSource } from './fleet/sources.js';
import { emptyStateFolder, prepareStateFolder, stateFolder } from './fleet/state-folder.js';
import { runOnce } from './once.js';
import { HELP, parseOptions, type Options } from './options.js';
import { stopRequest } from './stop-request.js';
import { createLogOutput } from './supervisor/log-output.js';
import { takeRunFolder } from './supervisor/run-folder.js';
import type { Supervised } from './supervisor/supervise.js';

const NAME_WIDTH = 8;
const INFO = 30;
const WARN = 40;

process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  if (error.name !== 'Fault' && error.name !== 'EngineError') throw error;
  console.error(`siaga | ${error.message}`);
  return error instanceof Fault ? error.exitCode : 1;
});
// Standard input may still be open, and must not hold the process.
process.exit();

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (options.help) return (console.log(HELP), 0);
  const repository = path.resolve(import.meta.dirname, '../../..');
  const state = stateFolder(path.join(repository, '.siaga', ...(options.once ? ['once'] : [])));
  const progress = createProgressLine(process.stderr);
  const run = await takeRunFolder(state.run, (name, pid) =>
    console.error(`siaga | ending ${name} (${pid}), left by a killed fleet`),
  );
  try {
    if (options.once) emptyStateFolder(state);
    prepareStateFolder(state);
    const logs = createLogOutput({
      folder: state.logs,
      colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
      json: options.jsonLogs,
      minLevel: options.once ? WARN : INFO,
      width: NAME_WIDTH,
      write(line) {
        progress.clear();
        process.stdout.write(`${line}\n`);
      },
    });
    return await runFleet(options, { repository, state, run, logs, progress });
  } finally {
    run.release();
  }
}

interface Surroundings {
  readonly repository: string;
  readonly state: ReturnType<typeof stateFolder>;
  readonly run: Awaited<ReturnType<typeof takeRunFolder>>;
  readonly logs: ReturnType<typeof createLogOutput>;
  readonly progress: ReturnType<typeof createProgressLine>;
}

async function runFleet(options: Options, { repository, state, run, logs, progress }: Surroundings): Promise<number> {
  const demoFile = path.join(repository, 'infra', 'dev', 'demo-posts.ndjson');
  const source = planSource(options.posts, { state, demoFile, from: process.env.INIT_CWD ?? process.cwd() });
  const stop = stopRequest();
  const running: Supervised[] = [];
  try {
    const { signal } = stop;
    const onHopeless = stop.fail;
    const fleet = await startFleet({
      repository,
      state,
      run,
      source,
      workers: options.workers,
      prometheus: options.prometheus,
      env: process.env,
      logs,
      running,
      signal,
      onHopeless,
    });
    if (options.once) {
      const ok = await runOnce({
        ...{ fleet, source, signal },
        onProgress: (line) => progress.show(`siaga | ${line}`),
        print(text) {
          progress.clear();
          console.log(text);
        },
      });
      return ok ? 0 : 1;
    }
    logs.say('the fleet is up');
    console.log(renderAddresses(fleet.ports, await adminLink(fleet.databaseUrl), options.prometheus !== undefined));
    await stop.requested;
    return 0;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    if (stop.failure()) throw stop.failure();
    return options.once ? 130 : 0;
  } finally {
    progress.clear();
    logs.say('stopping');
    await stopFleet(running);
    logs.say('stopped');
  }
}
