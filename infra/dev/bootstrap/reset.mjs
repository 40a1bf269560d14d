import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Fault } from './fault.mjs';
import { inState, stateFolder } from './paths.mjs';
import { say } from './phase.mjs';
import { processStart } from './process-start.mjs';

const EX_USAGE = 2;
const SETUP = 'setup.json';

/** Empties the state folder, and the folder that PostgreSQL's data had to move to when root runs it. */
export function reset(args = []) {
  if (args.length > 0) throw new Fault(`npm run reset empties ${stateFolder} and takes no arguments`, EX_USAGE);
  for (const folder of [stateFolder, inState('once')]) {
    const lock = read(path.join(folder, 'run', 'supervisor.json'));
    if (lock && processStart(lock.pid) === lock.start) {
      throw new Fault(
        `a fleet is running here (process ${lock.pid}): stop it first, with Ctrl-C or "kill ${lock.pid}"`,
      );
    }
  }
  if (!existsSync(stateFolder)) return say('there is no state to remove');
  for (const file of ['outside.json', path.join('once', 'outside.json')]) {
    for (const folder of read(inState(file)) ?? []) removeOutside(folder);
  }
  // What set-up remembers about the build is no state of the fleet.
  const names = readdirSync(stateFolder).filter((name) => name !== SETUP);
  for (const name of names) rmSync(inState(name), { recursive: true, force: true });
  say(`emptied ${stateFolder}`);
}

/** Never trust a file's word for what to delete: only folders of the name that infra/engines gives are removed. */
function removeOutside(folder) {
  if (!/^\/var\/tmp\/siaga-postgres-data-[^/]+$/.test(folder)) return;
  rmSync(folder, { recursive: true, force: true });
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
