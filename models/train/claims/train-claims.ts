import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLAIM_TEXT_FINGERPRINT } from '@siaga/text';
import type { ClaimManifest } from '../../src/claims/claim-manifest.js';
import { PAIR_FEATURES } from '../../src/claims/pair-features.js';
import { confusion } from '../metrics.js';
import { logitsOf } from './candidate-groups.js';
import { pairsAboutTheSame } from './judge-pairs.js';
import { learnClaims, type Learned } from './learn-claims.js';
import { examplesOf, prepare } from './prepare.js';
import { rankFigures, rankOf } from './ranks.js';
import { readPairs } from './read-pairs.js';
import { createNeighbours, type Neighbours } from './twins.js';

const LICENCE =
  'Weights for research and non-commercial use only, until retrained on data of your own: several sources are non-commercial or state no licence.';
const WORDS_FILE = 'words.bin';

const log = (text: string): void => void process.stderr.write(`${text}\n`);

/** Trains the claim matcher on the train and validation splits, and writes its artefact. The test split is not looked at. */
export function trainClaims({ dataDir, outDir }: { readonly dataDir: string; readonly outDir: string }): void {
  log(`reading ${dataDir}`);
  const data = readPairs(dataDir);
  const { weights, index, none } = prepare(dataDir, data);
  const pairs = data.pairs.filter(({ split }) => split === 'train' || split === 'validation');
  log(`${data.bank.size} claims, ${pairs.length} posts with their claim, ${none.length} without`);
  const near = createNeighbours(data.bank, weights);
  const learned = learnClaims(examplesOf(index, pairs), none, near);
  const metrics = heldOutFigures(learned, near);
  log(JSON.stringify({ threshold: learned.threshold, gate: learned.gate, ...metrics }, null, 2));
  const created = new Date().toISOString();
  const manifest: ClaimManifest = {
    format: 1,
    name: 'siaga-claims',
    version: created.slice(0, 10).replaceAll('-', '.'),
    created,
    licence: LICENCE,
    textFingerprint: CLAIM_TEXT_FINGERPRINT,
    features: PAIR_FEATURES,
    head: learned.head,
    gate: learned.gate,
    threshold: learned.threshold,
    words: {
      file: WORDS_FILE,
      bits: weights.bits,
      scale: weights.scale,
      sha256: createHash('sha256').update(weights.table).digest('hex'),
    },
    data: { claims: data.bank.size, posts: pairs.length, 'posts without a claim': none.length },
    metrics: { 'held out by fold': metrics },
  };
  mkdirSync(outDir, { recursive: true });
  writeFileSync(join(outDir, WORDS_FILE), weights.table);
  writeFileSync(join(outDir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  log(`wrote ${outDir}`);
}

function heldOutFigures({ heldOut, threshold }: Learned, near: Neighbours): Record<string, Record<string, number>> {
  const ranks = [...heldOut].map(([{ group }, head]) => rankOf(logitsOf(head, group), group.right));
  const pairs = [...heldOut].flatMap(([example, head]) => pairsAboutTheSame([example], head, near));
  const { precision, recall } = confusion(pairs, threshold);
  return { retrieval: rounded({ ...rankFigures(ranks) }), matches: rounded({ precision, recall }) };
}

const rounded = (figures: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, Math.round(figure * 1e4) / 1e4]));
