export { bucketOfStem, CLAIM_TEXT_FINGERPRINT, gramsOf, isWord, numbersOf, overlap, stemsOf } from './claim-text.js';
export {
  bucketOf,
  createFeatureExtractor,
  createSeen,
  longerGram,
  readWord,
  type FeatureBatch,
  type FeatureExtractor,
  type FeatureSpec,
  type TracedFeature,
  type Word,
} from './features.js';
export { TEXT_FINGERPRINT } from './fingerprint.js';
export { stem } from './stem.js';
export { remembering } from './remembering.js';
export { guessLanguage, type Language } from './language.js';
export { bandsOf, signatureOf, similarity } from './near-duplicates.js';
export { MAX_INPUT, MAX_OUTPUT, normalise, normalisedTokens } from './normalise.js';
export { isFactCheck } from './fact-check-mark.js';
export { deniesClaim } from './denied-claim.js';
export { rumourMarks } from './rumour-marks.js';
export { stanceOf, type Stance, type StanceReading } from './stance.js';
export { SPECIAL_TOKENS, type SpecialToken } from './special-tokens.js';
export { tokenise } from './tokenise.js';
