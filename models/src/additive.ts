import { bucketOf, createSeen, longerGram, readWord, remembering, type FeatureSpec, type Word } from '@siaga/text';
import type { Calibration } from './manifest.js';
import type { WeightTable } from './weight-table.js';

/** How many heads fit into one 32-bit word. */
export const LANES = 4;

export interface AdditiveHeads {
  /**
   * @param texts the normalised tokens of each, see normalisedTokens
   * @returns calibrated probabilities, row-major [texts, LANES]; the array is overwritten by the next call
   */
  predict(texts: readonly (readonly string[])[]): Float64Array;
}

/** Sums over features: of idf squared, and of idf times weight per head, in steps of the stored bytes. */
interface Sums {
  grams: number;
  length: number;
  a: number;
  b: number;
  c: number;
  d: number;
}

/** A word, its bucket, and what its character n-grams add wherever it stands. */
interface WeighedWord {
  readonly word: Word;
  readonly id: number;
  readonly characters: Sums;
}

/**
 * The same model as the graph, for the heads that decide, without TF.js. The score is a sum over words, so what a word's character n-grams add is
 * summed once and remembered; a text then costs a look-up per word and a load per word n-gram. Each bucket is one
 * 32-bit word of four int8 weights, and a byte of idf; sums of products of bytes are exact. TF.js stays the engine of record; a test holds
 * the two to 1e-5 of each other.
 *
 * @param heads their columns in the table, at most LANES: lane i is heads[i]
 * @param scales step of the int8 weights per head of the table; idfScale: step of the uint8 idf
 */
export function additiveHeads(
  table: WeightTable,
  spec: FeatureSpec,
  heads: readonly number[],
  bias: readonly number[],
  calibration: readonly Calibration[],
  { scale, idfScale }: { readonly scale: readonly number[]; readonly idfScale: number },
): AdditiveHeads {
  if (heads.length > LANES) throw new RangeError(`at most ${LANES} heads, not ${heads.length}`);
  const buckets = pack(table, heads, scale);
  const idfs = Uint8Array.from(table.idf, (idf) => Math.round(idf / idfScale));
  const lane = (i: number): Lane => {
    const head = heads[i] ?? -1;
    const { slope, offset } = calibration[head] ?? { slope: 1, offset: 0 };
    return { step: scale[head] ?? 0, bias: bias[head] ?? 0, slope, offset };
  };
  const [laneA, laneB, laneC, laneD] = [lane(0), lane(1), lane(2), lane(3)];
  const addBucket = (sums: Sums, id: number): void => {
    const idf = idfs[id] as number;
    const packed = buckets[id] as number;
    sums.grams++;
    sums.length += idf * idf;
    sums.a += idf * ((packed << 24) >> 24);
    sums.b += idf * ((packed << 16) >> 24);
    sums.c += idf * ((packed << 8) >> 24);
    sums.d += idf * (packed >> 24);
  };
  const { bits, limit, words: longest } = spec;
  const seen = createSeen(bits);
  const weigh = remembering((token): WeighedWord | null => {
    const word = readWord(token, spec);
    if (!word) return null;
    const characters = noSums();
    for (const id of word.grams) addBucket(characters, id);
    return { word, id: bucketOf(word.hash, bits), characters };
  });
  let out = new Float64Array(0);

  const words: WeighedWord[] = [];
  const predictOne = (tokens: readonly string[], at: number): void => {
    words.length = 0;
    for (const token of tokens) {
      const word = weigh(token);
      if (word) words.push(word);
    }
    seen.clear();
    const ofWords = noSums();
    const ofCharacters = noSums();
    for (let i = 0; i < words.length && ofWords.grams < limit; i++) {
      const first = words[i] as WeighedWord;
      if (seen.add(first.id)) {
        addBucket(ofWords, first.id);
        if (ofCharacters.grams < limit) addSums(ofCharacters, first.characters);
      }
      let hash = first.word.hash;
      for (let k = i + 1; k < i + longest && k < words.length; k++) {
        hash = longerGram(hash, (words[k] as WeighedWord).word);
        const id = bucketOf(hash, bits);
        if (seen.add(id)) addBucket(ofWords, id);
      }
    }
    // The steps of idf cancel out between the sums and their length.
    const w = ofWords.length === 0 ? 0 : 1 / Math.sqrt(ofWords.length);
    const c = ofCharacters.length === 0 ? 0 : 1 / Math.sqrt(ofCharacters.length);
    out[at] = probability(ofWords.a * w + ofCharacters.a * c, laneA);
    out[at + 1] = probability(ofWords.b * w + ofCharacters.b * c, laneB);
    out[at + 2] = probability(ofWords.c * w + ofCharacters.c * c, laneC);
    out[at + 3] = probability(ofWords.d * w + ofCharacters.d * c, laneD);
  };
  return {
    predict(texts) {
      if (out.length < texts.length * LANES) out = new Float64Array(texts.length * LANES);
      for (let row = 0; row < texts.length; row++) predictOne(texts[row] as readonly string[], row * LANES);
      return out;
    },
  };
}

const noSums = (): Sums => ({ grams: 0, length: 0, a: 0, b: 0, c: 0, d: 0 });

function addSums(sums: Sums, { grams, length, a, b, c, d }: Sums): void {
  sums.grams += grams;
  sums.length += length;
  sums.a += a;
  sums.b += b;
  sums.c += c;
  sums.d += d;
}

interface Lane {
  readonly step: number;
  readonly bias: number;
  readonly slope: number;
  readonly offset: number;
}

const probability = (sum: number, { step, bias, slope, offset }: Lane): number =>
  1 / (1 + Math.exp(-((sum * step + bias) * slope + offset)));

function pack(table: WeightTable, heads: readonly number[], scale: readonly number[]): Int32Array {
  const words = new Int32Array(table.buckets);
  for (let bucket = 0; bucket < table.buckets; bucket++) {
    let word = 0;
    heads.forEach((head, lane) => {
      const level = Math.round((table.weights[bucket * table.heads + head] ?? 0) / (scale[head] ?? 1));
      word |= (level & 0xff) << (8 * lane);
    });
    words[bucket] = word;
  }
  return words;
}
