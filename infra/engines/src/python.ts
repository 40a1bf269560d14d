import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EngineError } from './engine-error.js';
import { engineEnvironment, type EngineEnvironment } from './environment.js';
import { runCommand } from './run-command.js';

/**
 * A virtual environment with the packages of a requirements file, made in the cache when there is none of these very packages.
 * Two processes must not ask for the same one at once.
 *
 * @param requirements path of the file, with a pinned version a line
 * @returns the path of its python
 * @throws EngineError when there is no usable Python, or the packages cannot be had
 */
export async function pythonWith(
  requirements: string,
  { cacheFolder }: Pick<EngineEnvironment, 'cacheFolder'> = engineEnvironment(),
): Promise<string> {
  const fingerprint = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16);
  const folder = path.join(cacheFolder, 'python', fingerprint);
  const python = path.join(folder, 'bin', 'python');
  const finished = path.join(folder, 'finished');
  if (existsSync(finished)) return python;
  mkdirSync(path.dirname(folder), { recursive: true });
  await run('python3', ['-m', 'venv', '--clear', folder]);
  await run(python, ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '-r', requirements]);
  writeFileSync(finished, '');
  return python;
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const { status, output } = await runCommand(command, args);
  if (status === 0) return;
  const last = output.trim().split('\n').at(-1);
  throw new EngineError(
    `${path.basename(command)} ${args.slice(0, 3).join(' ')}: ${last}; Python 3 with venv is needed`,
  );
}
