import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TEXT_FINGERPRINT } from '@siaga/text';
import type { Manifest } from './manifest.js';
import { ModelError } from './model-error.js';
import { unpackTable, type WeightTable } from './weight-table.js';

/**
 * Reads and checks an artefact folder.
 * @throws ModelError MODEL_NOT_FOUND without a readable manifest or weights; MODEL_DAMAGED when they do not fit together or the
 *   SHA-256 differs; MODEL_MISMATCH when the model was trained with another text stage than this build's.
 */
export async function readArtefact(dir: string): Promise<{ manifest: Manifest; table: WeightTable }> {
  const manifest = parseManifest(dir, await read(join(dir, 'manifest.json')));
  if (manifest.textFingerprint !== TEXT_FINGERPRINT) {
    throw new ModelError(
      'MODEL_MISMATCH',
      `${dir} was trained with text stage ${manifest.textFingerprint.slice(0, 12)}, this build has ${TEXT_FINGERPRINT.slice(0, 12)}; retrain it (npm run train) or use the build it came with`,
    );
  }
  const bytes = await read(join(dir, manifest.weights.file));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== manifest.weights.sha256) {
    throw new ModelError(
      'MODEL_DAMAGED',
      `${manifest.weights.file} in ${dir} has SHA-256 ${sha256}, the manifest says ${manifest.weights.sha256}`,
    );
  }
  try {
    const { scale, idfScale } = manifest.weights;
    return { manifest, table: unpackTable(bytes, 2 ** manifest.features.bits, scale, idfScale) };
  } catch (cause) {
    throw new ModelError('MODEL_DAMAGED', `the weights in ${dir} do not fit its manifest`, { cause });
  }
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new ModelError('MODEL_NOT_FOUND', `cannot read ${path}`, { cause });
  }
}

function parseManifest(dir: string, bytes: Buffer): Manifest {
  try {
    const manifest = JSON.parse(bytes.toString('utf8')) as Manifest;
    if (manifest.format !== 1) throw new TypeError(`format ${String(manifest.format)} is not 1`);
    if (manifest.heads.length !== manifest.weights.scale.length)
      throw new TypeError('heads and scales differ in number');
    return manifest;
  } catch (cause) {
    throw new ModelError('MODEL_DAMAGED', `manifest.json in ${dir} is not a manifest that this build reads`, { cause });
  }
}
