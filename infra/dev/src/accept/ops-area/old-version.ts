import { mkdirSync, readdirSync, cpSync, existsSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from '../run-program.js';
import type { Workspace } from '../workspace.js';

/**
 * An earlier commit, built beside the checkout with the dependencies of today.
 *
 * @returns its folder, and which commit it is
 * @throws Error when git or the compiler fails
 */
export async function oldVersion(
  { checkout, env, logFolder }: Workspace,
  commit: string,
): Promise<{ readonly folder: string; readonly commit: string }> {
  const folder = path.join(logFolder, 'old-version');
  const run = async (command: string, args: readonly string[], cwd: string) => {
    const logFile = path.join(logFolder, 'old-version.log');
    const { code, output } = await runProgram(command, args, { cwd, env, logFile });
    if (code !== 0) throw new Error(`${command} ${args.slice(0, 2).join(' ')} ended with ${code}: see ${logFile}`);
    return output.trim();
  };
  const found = await run('git', ['rev-parse', '--short', commit], checkout);
  await run('git', ['clone', '-q', checkout, folder], logFolder);
  await run('git', ['checkout', '-q', found], folder);
  linkDependencies(checkout, folder);
  await run(process.execPath, [path.join(checkout, 'node_modules/typescript/bin/tsc'), '-b'], folder);
  return { folder, commit: found };
}

/** All packages are those of the checkout, but our own, which are the old ones. */
function linkDependencies(from: string, to: string): void {
  for (const at of [
    '.',
    'models',
    ...['services', 'libs', 'infra'].flatMap((area) => foldersIn(path.join(to, area), area)),
  ]) {
    const packages = path.join(from, at, 'node_modules');
    if (!existsSync(packages)) continue;
    mkdirSync(path.join(to, at, 'node_modules'), { recursive: true });
    for (const name of readdirSync(packages)) {
      const target = path.join(to, at, 'node_modules', name);
      if (name === '@siaga') cpSync(path.join(packages, name), target, { recursive: true, verbatimSymlinks: true });
      else symlinkSync(path.join(packages, name), target);
    }
  }
}

const foldersIn = (folder: string, area: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(area, name));
