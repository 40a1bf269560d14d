export {
  createFeatureExtractor,
  type FeatureBatch,
  type FeatureExtractor,
  type FeatureSpec,
  type TracedFeature,
} from './features.js';
export { TEXT_FINGERPRINT } from './fingerprint.js';
export { bandsOf, signatureOf, similarity } from './near-duplicates.js';
export { MAX_INPUT, MAX_OUTPUT, normalise } from './normalise.js';
export { SPECIAL_TOKENS, type SpecialToken } from './special-tokens.js';
export { tokenise } from './tokenise.js';
