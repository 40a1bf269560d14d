import { createHash } from 'node:crypto';
import { createFeatureExtractor } from './features.js';
import { GOLDEN } from './golden.js';
import { normalise } from './normalise.js';

/** Raised by hand when the stage changes in a way that the golden sentences do not show. */
const VERSION = 1;

function fingerprint(): string {
  const extractor = createFeatureExtractor({ bits: 18, words: 2, characters: [2, 5], limit: 512 });
  const hash = createHash('sha256').update(`siaga-text ${VERSION}\n`);
  for (const [input] of GOLDEN) {
    const text = normalise(input);
    const { ids, segments } = extractor.extract([text]);
    hash.update(`${text}\n${ids.join(',')}\n${segments.join(',')}\n`);
  }
  return hash.digest('hex');
}

/** SHA-256 (hex) of what this build of the text stage makes of the golden sentences. Every model manifest holds the one it was trained with. */
export const TEXT_FINGERPRINT = fingerprint();
