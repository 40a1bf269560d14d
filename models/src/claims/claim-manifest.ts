import type { Gate } from './candidates.js';
import type { ClaimHead } from './claim-head.js';

/** manifest.json of a claim matcher. Its head and gate are here; the weights of words are a file beside it. */
export interface ClaimManifest {
  readonly format: 1;
  readonly name: string;
  readonly version: string;
  readonly created: string;
  readonly licence: string;
  /** See CLAIM_TEXT_FINGERPRINT. */
  readonly textFingerprint: string;
  /** Of the head's weights, in order: PAIR_FEATURES. */
  readonly features: readonly string[];
  readonly head: ClaimHead;
  readonly gate: Gate;
  /** Calibrated probability from which a post is said to match a claim. */
  readonly threshold: number;
  readonly words: {
    readonly file: string;
    readonly bits: number;
    readonly scale: number;
    readonly sha256: string;
  };
  readonly data: Readonly<Record<string, number>>;
  readonly metrics: Readonly<Record<string, unknown>>;
}
