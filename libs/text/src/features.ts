import { withoutName } from './public-figures.js';
import { tokenise } from './tokenise.js';

/** Which n-grams become features. Two groups, words and characters, so that a model can weigh and length-normalise them apart. */
export interface FeatureSpec {
  /** log2 of the number of hash buckets; ids are 1 .. 2^bits - 1, and 0 is never used. */
  readonly bits: number;
  /** Longest word n-gram. */
  readonly words: number;
  /** Character n-grams within a word and its two borders. */
  readonly characters: readonly [shortest: number, longest: number];
  /** Distinct features kept of one text and group; a longer text is cut. */
  readonly limit: number;
}

/**
 * Features of a batch: `ids[k]` belongs to segment `segments[k]`; text i has segments 2i (words) and 2i + 1 (characters). Ids are
 * distinct within a segment. Both arrays are views on buffers that the next call to the same extractor overwrites.
 */
export interface FeatureBatch {
  readonly ids: Int32Array;
  readonly segments: Int32Array;
  readonly texts: number;
}

export interface TracedFeature {
  readonly id: number;
  readonly group: 'words' | 'characters';
  /** Index of the first and of the last token that the feature covers. */
  readonly first: number;
  readonly last: number;
}

export interface FeatureExtractor {
  readonly spec: FeatureSpec;
  /** Normalised texts in (see normalise), hashed features out. */
  extract(normalised: readonly string[]): FeatureBatch;
  /** The same ids for one normalised text, each with the (feature) tokens that it spans: what an explanation is made of. */
  trace(normalised: string): { tokens: string[]; features: TracedFeature[] };
}

/**
 * Tokens that become features. How often a post links, mentions or counts says where it was collected, not what it says: those special
 * tokens are skipped, so that words meet across them. Names of public figures become one stand-in.
 */
const SKIPPED: ReadonlySet<string> = new Set(['<url>', '<user>', '<email>', '<num>', '<tag>']);
const LESS_THAN = 60;

function featureTokens(normalised: string): string[] {
  const out: string[] = [];
  for (const token of tokenise(normalised)) {
    if (token.charCodeAt(0) !== LESS_THAN || !SKIPPED.has(token)) out.push(withoutName(token));
  }
  return out;
}

const WORD_SEED = 0x2545f491;
const CHARACTER_SEED = 0x1b873593;
const PRIME = 0x01000193;
const BORDER = 32;
const CACHED_WORDS = 20_000;

/** Finaliser of MurmurHash3 (Appleby, public domain): spreads the low bits before they are masked. */
function finalise(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function hashString(text: string, seed: number): number {
  let h = seed;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), PRIME);
  return h;
}

/** An extractor owns its buffers: one per thread of work, not shared between interleaved batches. */
export function createFeatureExtractor(spec: FeatureSpec): FeatureExtractor {
  const mask = 2 ** spec.bits - 1;
  const seen = new Int32Array(mask + 1);
  let stamp = 0;
  let ids = new Int32Array(1 << 16);
  let segments = new Int32Array(1 << 16);
  let size = 0;

  const reserve = (more: number): void => {
    if (size + more <= ids.length) return;
    const grown = Math.max(ids.length * 2, size + more);
    const [oldIds, oldSegments] = [ids, segments];
    ids = new Int32Array(grown);
    segments = new Int32Array(grown);
    ids.set(oldIds);
    segments.set(oldSegments);
  };
  const add = (hash: number, segment: number): void => {
    const id = finalise(hash) & mask || 1;
    if (seen[id] === stamp) return;
    seen[id] = stamp;
    ids[size] = id;
    segments[size] = segment;
    size++;
  };
  const nextStamp = (): void => {
    if (stamp === 0x7fffffff) {
      seen.fill(0);
      stamp = 0;
    }
    stamp++;
  };

  /** Adds the n-grams that start at `from`, shortest first; `each` is told the length of every one that is new. */
  const addWordGrams = (
    tokens: readonly string[],
    from: number,
    segment: number,
    each?: (length: number) => void,
  ): void => {
    let h = WORD_SEED;
    for (let k = 0; k < spec.words && from + k < tokens.length; k++) {
      h = hashString(tokens[from + k] ?? '', k === 0 ? h : Math.imul(h ^ BORDER, PRIME));
      const before = size;
      add(h, segment);
      if (size > before) each?.(k + 1);
    }
  };
  const [shortest, longest] = spec.characters;
  /** Words repeat: most look-ups of a post's character n-grams are answered here. Bounded, and emptied when full. */
  const gramsOfWord = new Map<string, Int32Array>();
  const characterGrams = (token: string): Int32Array => {
    const known = gramsOfWord.get(token);
    if (known !== undefined) return known;
    const grams: number[] = [];
    const n = token.length + 2;
    for (let i = 0; i + shortest <= n; i++) {
      let h = CHARACTER_SEED;
      const end = Math.min(longest, n - i);
      for (let k = 0; k < end; k++) {
        const at = i + k - 1;
        h = Math.imul(h ^ (at < 0 || at >= token.length ? BORDER : token.charCodeAt(at)), PRIME);
        if (k + 1 >= shortest) grams.push(finalise(h) & mask || 1);
      }
    }
    const ids = Int32Array.from(grams);
    if (gramsOfWord.size >= CACHED_WORDS) gramsOfWord.clear();
    gramsOfWord.set(token, ids);
    return ids;
  };
  const addCharacterGrams = (token: string, segment: number): void => {
    const grams = characterGrams(token);
    for (let k = 0; k < grams.length; k++) {
      const id = grams[k] ?? 1;
      if (seen[id] === stamp) continue;
      seen[id] = stamp;
      ids[size] = id;
      segments[size] = segment;
      size++;
    }
  };

  return {
    spec,
    extract(normalised) {
      size = 0;
      normalised.forEach((text, row) => {
        const tokens = featureTokens(text);
        nextStamp();
        let start = size;
        for (let i = 0; i < tokens.length && size - start < spec.limit; i++) {
          reserve(spec.words);
          addWordGrams(tokens, i, 2 * row);
        }
        nextStamp();
        start = size;
        for (const token of tokens) {
          if (size - start >= spec.limit) break;
          reserve((token.length + 2) * longest);
          addCharacterGrams(token, 2 * row + 1);
        }
      });
      return { ids: ids.subarray(0, size), segments: segments.subarray(0, size), texts: normalised.length };
    },
    trace(normalised) {
      const tokens = featureTokens(normalised);
      const features: TracedFeature[] = [];
      nextStamp();
      for (let i = 0; i < tokens.length && features.length < spec.limit; i++) {
        size = 0;
        reserve(spec.words);
        addWordGrams(tokens, i, 0, (length) => {
          features.push({ id: ids[size - 1] ?? 0, group: 'words', first: i, last: i + length - 1 });
        });
      }
      nextStamp();
      const start = features.length;
      for (let i = 0; i < tokens.length && features.length - start < spec.limit; i++) {
        size = 0;
        reserve(((tokens[i] ?? '').length + 2) * longest);
        addCharacterGrams(tokens[i] ?? '', 1);
        for (let k = 0; k < size; k++) features.push({ id: ids[k] ?? 0, group: 'characters', first: i, last: i });
      }
      return { tokens, features };
    },
  };
}
