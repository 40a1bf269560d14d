import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Fault } from './fault.mjs';
import { phase, say } from './phase.mjs';
import { runChild } from './run-child.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];

/**
 * A Chrome or Chromium for the browser tests: any that is found, else Debian's when we are root.
 *
 * @returns {Promise<string | undefined>} its path, or undefined when there is none, which CI does not accept
 */
export async function findChromium() {
  const found = installed();
  if (found) return found;
  const isRoot = process.getuid?.() === 0;
  const why = isRoot && (await has('apt-get')) ? await installByApt() : 'there is no Chrome or Chromium on PATH';
  const now = installed();
  if (now) return now;
  if (process.env.CI === 'true') throw new Fault(`the browser tests must run in CI, and ${why}`);
  say(`the browser tests are skipped: ${why}. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH`);
  return undefined;
}

function installed() {
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)));
  const onMac = macApps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  return [process.env.CHROMIUM_PATH, ...onPath, ...onMac, ...ofPlaywright()].find((file) => file && canRun(file));
}

function ofPlaywright() {
  const folder = process.env.PLAYWRIGHT_BROWSERS_PATH ?? path.join(os.homedir(), '.cache', 'ms-playwright');
  if (!existsSync(folder)) return [];
  const builds = readdirSync(folder).filter((name) => name.startsWith('chromium-'));
  return builds.flatMap((name) =>
    ['chrome-linux', 'chrome-linux64'].map((sub) => path.join(folder, name, sub, 'chrome')),
  );
}

function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const has = async (command) => (await runChild(command, ['--version'])).status === 0;

async function installByApt() {
  let why = '';
  await phase("installing Debian's Chromium", async (report) => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    report('reading the package lists');
    const update = await runChild('apt-get', ['update', '-qq'], { env });
    const install = await runChild('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
      env,
      onLine: (line) => report(line.slice(0, 60)),
    });
    if (install.status === 0) return 'chromium';
    why = `apt-get could not install chromium: ${(update.status === 0 ? install : update).lastLines.split('\n').at(-1)}`;
    return why;
  });
  return why;
}
