import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statfsSync } from 'node:fs';

/** A disk of the run's own, in memory, that can be made full at once and given room again. */
export interface SmallDisk {
  /** Takes all room but this. */
  fill(leaveBytes: number): void;
  relieve(): void;
  remove(): void;
}

const isMounted = (folder: string): boolean =>
  readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .some((line) => line.split(' ')[1] === folder);
const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });

/** What a killed run left there would hold memory for ever. Lazily: this process' own log files are still open. */
export function removeLeftDisk(folder: string): void {
  while (process.platform === 'linux' && isMounted(folder)) run('umount', '-l', folder);
}

/**
 * A tmpfs mounted at the folder.
 *
 * @returns undefined where this user may not mount: then no disk runs full
 */
export function mountSmallDisk(folder: string, bytes: number): SmallDisk | undefined {
  mkdirSync(folder, { recursive: true });
  const resize = (size: number) => run('mount', '-o', `remount,size=${size}`, folder);
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${bytes},mode=755`, 'siaga-chaos', folder);
  } catch {
    return undefined;
  }
  return {
    fill(leaveBytes) {
      const { blocks, bfree, bsize } = statfsSync(folder);
      resize((blocks - bfree) * bsize + leaveBytes);
    },
    relieve: () => void resize(bytes),
    remove: () => removeLeftDisk(folder),
  };
}
