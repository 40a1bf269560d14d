import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLAIM_TEXT_FINGERPRINT } from '@siaga/text';
import { ModelError } from '../model-error.js';
import type { Gate } from './candidates.js';
import type { ClaimHead } from './claim-head.js';
import type { ClaimManifest } from './claim-manifest.js';
import { PAIR_FEATURES } from './pair-features.js';
import type { WordWeights } from './word-weights.js';

/** The committed matcher. */
export const CLAIM_MATCHER_DIR: string = fileURLToPath(new URL('../../artefacts/siaga-claims', import.meta.url));

/** What a bank matches with. */
export interface ClaimMatcher {
  readonly name: string;
  readonly version: string;
  readonly words: WordWeights;
  readonly head: ClaimHead;
  readonly gate: Gate;
  readonly threshold: number;
}

/**
 * Reads and checks the artefact folder of a claim matcher.
 * @throws ModelError MODEL_NOT_FOUND, MODEL_DAMAGED or MODEL_MISMATCH, as readArtefact does
 */
export async function loadClaimMatcher(dir: string): Promise<ClaimMatcher> {
  const manifest = parse(dir, await read(join(dir, 'manifest.json')));
  if (manifest.textFingerprint !== CLAIM_TEXT_FINGERPRINT || manifest.features.join() !== PAIR_FEATURES.join())
    throw new ModelError('MODEL_MISMATCH', `${dir} was trained with another text stage; npm run train -- claims`);
  const { file, sha256, bits, scale } = manifest.words;
  const table = await read(join(dir, file));
  if (table.length !== 2 ** bits || createHash('sha256').update(table).digest('hex') !== sha256)
    throw new ModelError('MODEL_DAMAGED', `${file} in ${dir} is not the one of its manifest`);
  const { name, version, head, gate, threshold } = manifest;
  return { name, version, words: { bits, scale, table: new Uint8Array(table) }, head, gate, threshold };
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new ModelError('MODEL_NOT_FOUND', `cannot read ${path}`, { cause });
  }
}

function parse(dir: string, bytes: Buffer): ClaimManifest {
  try {
    const manifest = JSON.parse(bytes.toString('utf8')) as ClaimManifest;
    if (manifest.format !== 1 || manifest.head.weights.length !== manifest.features.length)
      throw new TypeError('not a manifest that this build reads');
    return manifest;
  } catch (cause) {
    throw new ModelError('MODEL_DAMAGED', `manifest.json in ${dir} is not that of a claim matcher`, { cause });
  }
}
