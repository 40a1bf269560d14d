import { CATEGORIES, type Category } from '@siaga/contracts';
import { normalise, type FeatureExtractor } from '@siaga/text';
import { LANES, type AdditiveHeads } from './additive.js';
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
  const out: Scored[] = [];
  for (let from = 0; from < texts.length; from += BATCH) {
    const batch = extractor.extract(texts.slice(from, from + BATCH).map(normalise));
    const probabilities = graph.predict(batch);
    for (let row = 0; row < batch.texts; row++) {
      const scores = {} as Record<Category, number>;
      const labels: Record<string, number> = {};
      heads.forEach((head, h) => {
        const p = probabilities[row * heads.length + h] ?? 0;
        if (isCategory(head)) scores[head] = p;
        else labels[head] = p;
      });
      out.push({ scores, labels });
    }
  }
  return out;
}

/** The category scores without TF.js, see additiveHeads: CATEGORIES in their order. */
export function scoreCategories(
  texts: readonly (readonly string[])[],
  additive: AdditiveHeads,
): Record<Category, number>[] {
  const scores = additive.predict(texts);
  return texts.map((_, row) => {
    const at = row * LANES;
    return { hoax: rounded(scores[at]), hate: rounded(scores[at + 1]), bullying: rounded(scores[at + 2]) };
  });
}

/** To a millionth, and never certain: the digits after that say nothing, and cost the hot path time and bytes. */
const rounded = (p: number | undefined): number => Math.min(999_999, Math.round((p as number) * 1e6)) / 1e6;
