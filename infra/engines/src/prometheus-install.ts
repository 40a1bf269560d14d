import { accessSync, constants, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from './engine-error.js';
import { engineEnvironment } from './environment.js';
import { runCommand } from './run-command.js';

export interface PrometheusPrograms {
  readonly prometheus: string;
  readonly promtool: string;
}

const REMEDY = 'put prometheus and promtool on PATH (Debian: apt-get install prometheus)';

/**
 * Prometheus and promtool: those on PATH, else out of Debian's package, which is unpacked into the cache once and not installed, since
 * that would start a server of its own.
 *
 * @throws EngineError with the remedy when there are none
 */
export async function installPrometheus(
  onProgress: (message: string) => void = () => undefined,
): Promise<PrometheusPrograms> {
  const folder = path.join(engineEnvironment().cacheFolder, 'prometheus');
  const programs = onPath() ?? programsIn(path.join(folder, 'usr', 'bin'));
  if (programs) return programs;
  await mkdir(path.dirname(folder), { recursive: true });
  const scratch = await mkdtemp(`${folder}.incomplete-`);
  try {
    onProgress("fetching Debian's Prometheus (19 MB)");
    await download(scratch);
    const [deb = ''] = (await readdir(scratch)).filter((name) => name.endsWith('.deb'));
    const unpacked = path.join(scratch, 'root');
    const { status, output } = await runCommand('dpkg-deb', ['-x', path.join(scratch, deb), unpacked]);
    if (status !== 0) throw new EngineError(`dpkg-deb could not unpack ${deb} (${output.trim()}): ${REMEDY}`);
    await rename(unpacked, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  const fetched = programsIn(path.join(folder, 'usr', 'bin'));
  if (!fetched) throw new EngineError(`Debian's package has no Prometheus in it: ${REMEDY}`);
  return fetched;
}

/** A user who may not read the package lists anew gets on with those that are there. */
async function download(folder: string): Promise<void> {
  const fetch = () => runCommand('apt-get', ['download', '-qq', 'prometheus'], { cwd: folder });
  if ((await fetch()).status === 0) return;
  if (process.getuid?.() === 0) await runCommand('apt-get', ['update', '-qq']);
  const { status, output } = await fetch();
  const why = output.trim().split('\n').at(-1);
  if (status !== 0) throw new EngineError(`apt-get could not fetch Prometheus (${why}): ${REMEDY}`);
}

const onPath = () =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .map(programsIn)
    .find((programs) => programs !== undefined);

function programsIn(folder: string): PrometheusPrograms | undefined {
  const programs = { prometheus: path.join(folder, 'prometheus'), promtool: path.join(folder, 'promtool') };
  try {
    for (const program of Object.values(programs)) accessSync(program, constants.X_OK);
    return programs;
  } catch {
    return undefined;
  }
}
