import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Fault } from './fault.mjs';
import { inRoot, inState } from './paths.mjs';
import { phase } from './phase.mjs';
import { runNpm } from './run-child.mjs';
import { isStamped, stamp } from './stamps.mjs';

const COUNT_EVERY_MS = 500;

/** Installs what package-lock.json names, when it is missing or the lock has changed since. */
export async function ensureDependencies() {
  const lock = readFileSync(inRoot('package-lock.json'), 'utf8');
  const fingerprint = createHash('sha256').update(lock).digest('hex');
  const present = existsSync(inRoot('node_modules', '.package-lock.json'));
  if (present && isStamped('dependencies', fingerprint)) return;
  const wanted = packagesFor(JSON.parse(lock).packages, process.platform, process.arch);
  if (!present || !isInstalled(wanted)) await install(wanted);
  stamp('dependencies', fingerprint);
}

async function install(wanted) {
  const logFile = inState('logs', 'npm-install.log');
  await phase('installing dependencies', async (report) => {
    let fetched = 0;
    const count = () => {
      const done = wanted.filter(({ folder }) => existsSync(inRoot(folder, 'package.json'))).length;
      report(`${fetched} fetched, ${done} of ${wanted.length} packages in place`);
    };
    const timer = setInterval(count, COUNT_EVERY_MS);
    try {
      // Not `npm ci`: it refuses a lock written while a registry lacked some other platform's optional package, and
      // removes what was built inside node_modules. With --no-save the lock is followed and left as it is.
      const how = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=http'];
      const { status, output } = await runNpm(how, { logFile });
      if (status !== 0) {
        throw new Fault(
          `npm could not install the dependencies; check the network and start again. It said:\n${firstLines(output)}`,
        );
      }
      count();
    } finally {
      clearInterval(timer);
    }
  });
}

/** @returns {{ folder: string, version: string, optional: boolean }[]} what npm installs on this platform, links left out */
export function packagesFor(packages, platform, arch) {
  const fits = (list, mine) =>
    !list || ((list.includes(mine) || list.every((name) => name.startsWith('!'))) && !list.includes(`!${mine}`));
  return Object.entries(packages)
    .filter(
      ([folder, entry]) =>
        folder.startsWith('node_modules/') && !entry.link && fits(entry.os, platform) && fits(entry.cpu, arch),
    )
    .map(([folder, entry]) => ({ folder, version: entry.version, optional: entry.optional === true }));
}

const LINES_SHOWN = 12;
/** npm says what is wrong first, and ends with its manual. */
const firstLines = (output) =>
  output
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('npm http'))
    .slice(0, LINES_SHOWN)
    .join('\n');

/** Whether npm's own record of node_modules already holds every version, as after an `npm install` by hand. */
function isInstalled(wanted) {
  const installed = JSON.parse(readFileSync(inRoot('node_modules', '.package-lock.json'), 'utf8')).packages;
  return wanted.every(({ folder, version, optional }) => {
    const entry = installed[folder];
    return entry ? entry.version === version : optional;
  });
}
