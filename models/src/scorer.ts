import type { Category } from '@siaga/contracts';
import type { FeatureSpec } from '@siaga/text';
import type { TextProfile } from './text-profile.js';

/** Calibrated probabilities from which a post is flagged, and from which it is escalated. */
export interface Thresholds {
  flag: number;
  escalate: number;
}

/** Calibrated probabilities, 0 to 1. `labels`: sub-labels, see SUB_LABELS. */
export interface Scored {
  scores: Record<Category, number>;
  labels?: Record<string, number>;
}

/** What one token adds to the logit of a category: positive speaks for it, negative against. */
export interface Weight {
  token: string;
  weight: number;
}

export interface Scorer {
  readonly name: string;
  readonly version: string;
  readonly backend: 'native' | 'wasm';
  readonly thresholds: Record<Category, Thresholds>;
  /** Which n-grams it reads. */
  readonly features: FeatureSpec;
  /** What texts looked like when it was trained; an artefact may have none. */
  readonly reference?: TextProfile;
  /** Raw post texts in, one result each, in order. Synchronous: blocks for about 1 ms per 20 posts. Never throws for a text. */
  score(texts: readonly string[]): Scored[];
  /**
   * The category scores alone, for the many posts that need no more: several times faster than `score`, and within 1e-5 of it.
   */
  categories(texts: readonly string[]): Record<Category, number>[];
  /** The same, for a caller that has the normalised tokens of each text already; see normalisedTokens. */
  categoriesOfTokens(texts: readonly (readonly string[])[]): Record<Category, number>[];
  /** The sub-labels alone, without TF.js and within 1e-5 of `score`: for a few texts, a call to TF.js costs more than the sums. */
  labels(texts: readonly string[]): Record<string, number>[];
  /** The tokens of the normalised text that weighed most, strongest first; at most `limit` (default 8). Exact: the model is additive. */
  explain(text: string, category: Category, limit?: number): Weight[];
  /** Share of each text's words that it knows next to nothing of, see unknownShares; costs more than a score, so take a sample. */
  unknownShares(texts: readonly string[]): number[];
  /** Tensors that TF.js holds in this process; a number that grows is a leak. */
  tensors(): number;
  /** Frees the tensors. The scorer is unusable afterwards. */
  dispose(): void;
}
