import type { Category } from '@siaga/contracts';
import type { FeatureSpec } from '@siaga/text';
import type { Head } from './heads.js';
import type { Thresholds } from './scorer.js';
import type { TextProfile } from './text-profile.js';

/** `sigmoid(slope * logit + offset)`: Platt's calibration, fitted on validation rows. */
export interface Calibration {
  readonly slope: number;
  readonly offset: number;
}

/** manifest.json beside the weights: everything a server needs to refuse the wrong artefact, and a reader to judge it. */
export interface Manifest {
  readonly format: 1;
  readonly name: string;
  readonly version: string;
  readonly created: string;
  readonly licence: string;
  readonly textFingerprint: string;
  readonly features: FeatureSpec;
  readonly heads: readonly Head[];
  /** Bias per head, in the order of `heads`. */
  readonly bias: readonly number[];
  readonly calibration: Readonly<Record<string, Calibration>>;
  readonly thresholds: Record<Category, Thresholds>;
  readonly weights: {
    readonly file: string;
    readonly bytes: number;
    readonly sha256: string;
    /** Step of the int8 weights, per head; step of the uint8 inverse document frequencies. */
    readonly scale: readonly number[];
    readonly idfScale: number;
  };
  /** Rows used per source: counts only. */
  readonly data: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly training: Readonly<Record<string, unknown>>;
  readonly metrics: Readonly<Record<string, unknown>>;
  /** Of the validation rows, which drift is measured against; `npm run reference` fills it in without training. */
  readonly reference?: TextProfile;
}
