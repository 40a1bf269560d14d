import { CATEGORIES, type Category } from '@siaga/contracts';
import { normalise, type FeatureExtractor } from '@siaga/text';
import { LANES, type AdditiveHeads } from './additive.js';
import { decider, decidingColumns } from './deciders.js';
import type { Graph } from './graph.js';
import type { Head } from './heads.js';
import type { Scored } from './scorer.js';

/** Texts per pass through TF.js: larger ones were slower, smaller ones pay more per call. */
const BATCH = 256;

const isCategory = (head: string): head is Category => (CATEGORIES as readonly string[]).includes(head);

/** Normalise, hash, predict; any number of texts, in passes of BATCH. */
export function scoreTexts(
  texts: readonly string[],
  extractor: FeatureExtractor,
  graph: Graph,
  heads: readonly Head[],
): Scored[] {
  const columns = decidingColumns(heads);
  const out: Scored[] = [];
  for (let from = 0; from < texts.length; from += BATCH) {
    const batch = extractor.extract(texts.slice(from, from + BATCH).map(normalise));
    const probabilities = graph.predict(batch);
    for (let row = 0; row < batch.texts; row++) {
      const scores = {} as Record<Category, number>;
      const at = row * heads.length;
      for (const category of CATEGORIES) {
        scores[category] = probabilities[at + decider(columns[category], probabilities, at)] ?? 0;
      }
      out.push({ scores, labels: labelsAt(heads, probabilities, at) });
    }
  }
  return out;
}

/** The sub-labels of the text whose probabilities begin at `at`. */
export function labelsAt(heads: readonly Head[], probabilities: ArrayLike<number>, at: number): Record<string, number> {
  const labels: Record<string, number> = {};
  heads.forEach((head, h) => {
    if (!isCategory(head)) labels[head] = probabilities[at + h] ?? 0;
  });
  return labels;
}

/** The category scores without TF.js, see additiveHeads. `lanes`: the lanes that decide each category. */
export function scoreCategories(
  texts: readonly (readonly string[])[],
  additive: AdditiveHeads,
  lanes: Readonly<Record<Category, readonly number[]>>,
): Record<Category, number>[] {
  const out = additive.predict(texts);
  const score = (category: Category, at: number): number => rounded(out[at + decider(lanes[category], out, at)]);
  return texts.map((_, row) => {
    const at = row * LANES;
    return { hoax: score('hoax', at), hate: score('hate', at), bullying: score('bullying', at) };
  });
}

/** To a millionth, and never certain: the digits after that say nothing, and cost the hot path time and bytes. */
const rounded = (p: number | undefined): number => Math.min(999_999, Math.round((p as number) * 1e6)) / 1e6;
