import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../src/manifest.js';
import type { PackedTable } from '../src/weight-table.js';

const WEIGHTS_FILE = 'weights.bin';

/** Writes manifest.json and weights.bin into `dir`, which is made when missing. Returns the manifest with the hash filled in. */
export function writeArtefact(
  dir: string,
  packed: PackedTable,
  manifest: Omit<Manifest, 'weights' | 'format'>,
): Manifest {
  const { bytes, scale, idfScale } = packed;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const full: Manifest = {
    format: 1,
    ...manifest,
    weights: { file: WEIGHTS_FILE, bytes: bytes.length, sha256, scale, idfScale },
  };
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, WEIGHTS_FILE), bytes);
  writeFileSync(join(dir, 'manifest.json'), `${JSON.stringify(full, null, 2)}\n`);
  return full;
}
