import { mkdir, statfs } from 'node:fs/promises';
import { EngineError } from './engine-error.js';

const GIB = 1024 ** 3;

/**
 * Creates the folder and makes sure that its disk is not about to fill up.
 *
 * @throws EngineError when less than `minBytes` (1 GiB) are free
 */
export async function requireDisk(folder: string, minBytes = GIB): Promise<void> {
  await mkdir(folder, { recursive: true });
  const disk = await statfs(folder);
  const free = disk.bavail * disk.bsize;
  if (free < minBytes) {
    const gib = (bytes: number) => `${(bytes / GIB).toFixed(1)} GB`;
    throw new EngineError(
      `only ${gib(free)} free on the disk of ${folder}: free at least ${gib(minBytes)} and start again`,
    );
  }
}
