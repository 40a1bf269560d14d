import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Fault } from './fault.mjs';
import { inRoot } from './paths.mjs';
import { phase } from './phase.mjs';
import { runChild, runNpm } from './run-child.mjs';
import { isStamped, stamp } from './stamps.mjs';

const areas = ['libs', 'models', 'services', 'infra'];
const notSources = new Set(['node_modules', 'dist', 'artefacts', 'coverage']);

/** Compiles when a source, or what was compiled from one, is not what it was after the last build. */
export async function ensureBuild() {
  const fingerprint = fingerprintOfSources();
  if (isStamped('build', fingerprint) && outputsExist()) return;
  await phase('building', async (report) => {
    report('TypeScript');
    await compile();
    report('console');
    const feed = await runNpm(['run', '-s', 'build', '-w', 'services/feed', '--if-present']);
    if (feed.status !== 0) throw new Fault(`the build of services/feed failed:\n${feed.lastLines}`);
  });
  stamp('build', fingerprint);
}

/**
 * Compiles a program that is not part of the fleet, when sources have changed since.
 *
 * @param {string} project folder of its tsconfig.json
 */
export async function ensureProgram(project) {
  const fingerprint = fingerprintOfSources();
  if (isStamped(project, fingerprint) && existsSync(inRoot(project, 'dist'))) return;
  await phase(`building ${project}`, () => compile(project));
  stamp(project, fingerprint);
}

async function compile(...projects) {
  const tsc = inRoot('node_modules', 'typescript', 'bin', 'tsc');
  const { status, output } = await runChild(process.execPath, [tsc, '-b', ...projects]);
  if (status !== 0) throw new Fault(`the build failed:\n${output.trimEnd()}`);
}

/** Newest change, count and size tell an edit, a new file, a removed file and a switch of branches apart from nothing. */
export function fingerprintOfSources() {
  const seen = { newest: 0, files: 0, bytes: 0 };
  for (const area of areas) addFolder(inRoot(area), seen);
  for (const file of ['package.json', 'tsconfig.json', 'tsconfig.base.json']) addFile(inRoot(file), seen);
  return `${seen.newest} ${seen.files} ${seen.bytes}`;
}

function addFolder(folder, seen) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!notSources.has(entry.name)) addFolder(at, seen);
    } else if (entry.isFile()) addFile(at, seen);
  }
}

function addFile(file, seen) {
  const { mtimeMs, size } = statSync(file);
  seen.newest = Math.max(seen.newest, mtimeMs);
  seen.files += 1;
  seen.bytes += size;
}

function outputsExist() {
  const { references } = JSON.parse(readFileSync(inRoot('tsconfig.json'), 'utf8'));
  return references.every((reference) => existsSync(inRoot(reference.path, 'dist', '.tsbuildinfo')));
}
