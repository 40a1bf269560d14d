export { HEADS, SUB_LABELS, type Head, type SubLabel } from './heads.js';
export { ACTIVE_MODEL_DIR, loadScorer } from './load.js';
export type { Manifest } from './manifest.js';
export { ModelError, type ModelErrorCode } from './model-error.js';
export type { Scored, Scorer, Thresholds, Weight } from './scorer.js';
export {
  addLanguage,
  addText,
  BOUNDS,
  emptyProfile,
  MEASURES,
  PROFILE_LANGUAGES,
  type Measure,
  type ProfileLanguage,
  type TextProfile,
} from './text-profile.js';
export { createClaimBank, type ClaimBank, type ClaimMatch } from './claims/claim-bank.js';
export { CLAIM_MATCHER_DIR, loadClaimMatcher, type ClaimMatcher } from './claims/load-claim-matcher.js';
