import { fileURLToPath } from 'node:url';
import type { Category } from '@siaga/contracts';
import { createFeatureExtractor, normalise, normalisedTokens, tokenise } from '@siaga/text';
import { additiveHeads } from './additive.js';
import { loadBackend } from './backend.js';
import { decider, decidingColumns } from './deciders.js';
import { explainText } from './explain.js';
import { buildGraph } from './graph.js';
import { DECIDERS, type Head } from './heads.js';
import { predictPlainly } from './plain-heads.js';
import { readArtefact } from './read-artefact.js';
import { labelsAt, scoreCategories, scoreTexts } from './score.js';
import type { Scorer } from './scorer.js';
import { isProfile } from './text-profile.js';
import { unknownShares } from './unknown-share.js';

/** The committed model: the one that the fleet and the command line use unless told otherwise. */
export const ACTIVE_MODEL_DIR: string = fileURLToPath(new URL('../artefacts/siaga-text', import.meta.url));

/**
 * Loads an artefact folder (manifest.json and weights) and TF.js.
 * @param options.backend 'auto' (default): native when its binding loads, else wasm. Scores agree to 1e-4.
 * @throws ModelError, see readArtefact and loadBackend.
 */
export async function loadScorer(dir: string, options: { backend?: 'auto' | 'native' | 'wasm' } = {}): Promise<Scorer> {
  const { manifest, table } = await readArtefact(dir);
  const backend = await loadBackend(options.backend ?? 'auto');
  const calibration = manifest.heads.map((head) => manifest.calibration[head] ?? { slope: 1, offset: 0 });
  const graph = buildGraph(backend, table, manifest.bias, calibration);
  const extractor = createFeatureExtractor(manifest.features);
  const unknownShare = unknownShares(extractor, table);
  const labelsOf = (texts: readonly string[]): Record<string, number>[] => {
    const probabilities = predictPlainly(table, manifest.bias, calibration, extractor.extract(texts.map(normalise)));
    return texts.map((_, row) => labelsAt(manifest.heads, probabilities, row * manifest.heads.length));
  };
  const deciding = manifest.heads.filter((head) => Object.values(DECIDERS).flat().includes(head));
  const lanes = decidingColumns(deciding);
  const additive = additiveHeads(
    table,
    manifest.features,
    deciding.map((head) => manifest.heads.indexOf(head)),
    manifest.bias,
    calibration,
    manifest.weights,
  );
  return {
    name: manifest.name,
    version: manifest.version,
    backend: backend.name,
    thresholds: manifest.thresholds,
    features: manifest.features,
    ...(isProfile(manifest.reference) ? { reference: manifest.reference } : {}),
    score: (texts) => scoreTexts(texts, extractor, graph, manifest.heads),
    categories: (texts) => scoreCategories(texts.map(normalisedTokens), additive, lanes),
    categoriesOfTokens: (texts) => scoreCategories(texts, additive, lanes),
    labels: labelsOf,
    explain(text: string, category: Category, limit = 8) {
      const normalised = normalise(text);
      const lane = decider(lanes[category], additive.predict([tokenise(normalised)]));
      const head = manifest.heads.indexOf(deciding[lane] as Head);
      return explainText(extractor, table, head, calibration[head]?.slope ?? 1, normalised, limit);
    },
    unknownShares: (texts) => texts.map((text) => unknownShare(normalise(text))),
    tensors: () => backend.tf.memory().numTensors,
    dispose: () => graph.dispose(),
  };
}
