import { withoutName } from './public-figures.js';
import { remembering } from './remembering.js';
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
 * Features of a batch: `ids[k]` belongs to segment `segments[k]`; text i has segments 2i (words) and 2i + 1 (characters). Word ids are
 * distinct within a segment; character n-grams are those of each distinct word, so that two words may bring the same one.
 * Both arrays are views on buffers that the next call to the same extractor overwrites.
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
 * Tokens that are no features. How often a post links, mentions or counts says where it was collected, not what it says: those special
 * tokens are skipped, so that words meet across them.
 */
const SKIPPED: ReadonlySet<string> = new Set(['<url>', '<user>', '<email>', '<num>', '<tag>']);

const WORD_SEED = 0x2545f491;
const CHARACTER_SEED = 0x1b873593;
const PRIME = 0x01000193;
const BORDER = 32;

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

/** What a word brings to any text it stands in. */
export interface Word {
  /** As features see it: a public figure's name is a stand-in. */
  readonly token: string;
  /** The state from which the hashes of its word n-grams go on; see `longerGram`. */
  readonly hash: number;
  /** Distinct ids of its character n-grams, shortest first at each place. */
  readonly grams: Int32Array;
}

/** The hash of the word n-gram that `next` makes one word longer. */
export const longerGram = (hash: number, next: Word): number => Math.imul(hash ^ next.hash, PRIME) ^ (hash >>> 15);

/** The bucket of a hash: 1 .. 2^bits - 1. */
export const bucketOf = (hash: number, bits: number): number => finalise(hash) & ((1 << bits) - 1) || 1;

/** The word of a token of a normalised text, or undefined for a token that is no feature. Pure; callers remember. */
export function readWord(normalisedToken: string, spec: FeatureSpec): Word | undefined {
  if (SKIPPED.has(normalisedToken)) return undefined;
  const token = withoutName(normalisedToken);
  const [shortest, longest] = spec.characters;
  const grams = new Set<number>();
  const n = token.length + 2;
  for (let i = 0; i + shortest <= n; i++) {
    let h = CHARACTER_SEED;
    const end = Math.min(longest, n - i);
    for (let k = 0; k < end; k++) {
      const at = i + k - 1;
      h = Math.imul(h ^ (at < 0 || at >= token.length ? BORDER : token.charCodeAt(at)), PRIME);
      if (k + 1 >= shortest) grams.add(bucketOf(h, spec.bits));
    }
  }
  return { token, hash: hashString(token, WORD_SEED), grams: Int32Array.from(grams) };
}

/** An extractor owns its buffers: one per thread of work, not shared between interleaved batches. */
export function createFeatureExtractor(spec: FeatureSpec): FeatureExtractor {
  const seen = createSeen(spec.bits);
  const wordOf = remembering((token) => readWord(token, spec) ?? null);
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
  const push = (id: number, segment: number): void => {
    ids[size] = id;
    segments[size] = segment;
    size++;
  };
  const wordsOf = (normalised: string): Word[] => {
    const words: Word[] = [];
    for (const token of tokenise(normalised)) {
      const word = wordOf(token);
      if (word) words.push(word);
    }
    return words;
  };
  /**
   * Calls `each` with every new word n-gram that starts at `from`, shortest first. @returns whether the word itself is new.
   */
  const eachWordGram = (words: readonly Word[], from: number, each: (id: number, length: number) => void): boolean => {
    let hash = 0;
    let fresh = false;
    for (let k = 0; k < spec.words && from + k < words.length; k++) {
      const word = words[from + k] as Word;
      hash = k === 0 ? word.hash : longerGram(hash, word);
      const id = bucketOf(hash, spec.bits);
      if (!seen.add(id)) continue;
      each(id, k + 1);
      if (k === 0) fresh = true;
    }
    return fresh;
  };

  return {
    spec,
    extract(normalised) {
      size = 0;
      normalised.forEach((text, row) => {
        const words = wordsOf(text);
        const fresh: Word[] = [];
        seen.clear();
        let start = size;
        for (let i = 0; i < words.length && size - start < spec.limit; i++) {
          reserve(spec.words);
          if (eachWordGram(words, i, (id) => push(id, 2 * row))) fresh.push(words[i] as Word);
        }
        start = size;
        for (const { grams } of fresh) {
          if (size - start >= spec.limit) break;
          reserve(grams.length);
          for (const id of grams) push(id, 2 * row + 1);
        }
      });
      return { ids: ids.subarray(0, size), segments: segments.subarray(0, size), texts: normalised.length };
    },
    trace(normalised) {
      const words = wordsOf(normalised);
      const ofWords: TracedFeature[] = [];
      const ofCharacters: TracedFeature[] = [];
      seen.clear();
      for (let i = 0; i < words.length && ofWords.length < spec.limit; i++) {
        const fresh = eachWordGram(words, i, (id, length) =>
          ofWords.push({ id, group: 'words', first: i, last: i + length - 1 }),
        );
        if (!fresh || ofCharacters.length >= spec.limit) continue;
        for (const id of (words[i] as Word).grams) ofCharacters.push({ id, group: 'characters', first: i, last: i });
      }
      return { tokens: words.map(({ token }) => token), features: [...ofWords, ...ofCharacters] };
    },
  };
}

/** Which buckets a text has already: cleared in no time. */
export function createSeen(bits: number): { clear(): void; add(id: number): boolean } {
  const stamps = new Int32Array(2 ** bits);
  let stamp = 0;
  return {
    clear() {
      if (stamp === 0x7fffffff) {
        stamps.fill(0);
        stamp = 0;
      }
      stamp++;
    },
    /** @returns whether it is new */
    add(id) {
      if (stamps[id] === stamp) return false;
      stamps[id] = stamp;
      return true;
    },
  };
}
