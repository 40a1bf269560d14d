import { gramsOf, isWord, numbersOf, overlap, remembering, stem } from '@siaga/text';
import type { Term, Vocabulary } from './vocabulary.js';
import { weightOf, type WordWeights } from './word-weights.js';

/** Words of a post that are looked at. */
const MOST_WORDS = 400;
/** Distinct stems of a post that are compared letter by letter with those that a claim has and it lacks. */
const MOST_COMPARED = 120;

/** What comes in: the text as received, and its normalised tokens. */
export interface Post {
  readonly text: string;
  readonly tokens: readonly string[];
}

/** A post beside the bank. */
export interface ReadPost {
  readonly words: readonly string[];
  /** One per word: the term of the bank, if it has one. */
  readonly terms: readonly (Term | null)[];
  /** Where each of the bank's terms stands in the post. */
  readonly places: ReadonlyMap<Term, readonly number[]>;
  /** Sum of the weights of its distinct stems, those that the bank lacks too. */
  readonly weight: number;
  readonly numbers: ReadonlySet<string>;
  /** How alike the post's most similar stem is to one that it lacks, 0..1. */
  likeness(term: Term): number;
}

export function readPost({ text, tokens }: Post, vocabulary: Vocabulary, weights: WordWeights): ReadPost {
  const words = tokens.filter(isWord).slice(0, MOST_WORDS);
  const terms = words.map(vocabulary.ofToken);
  const places = new Map<Term, number[]>();
  const strangers = new Set<string>();
  const distinct: (Term | string)[] = [];
  let weight = 0;
  terms.forEach((term, place) => {
    const known = term === null ? undefined : places.get(term);
    if (known !== undefined) known.push(place);
    else if (term !== null) {
      places.set(term, [place]);
      distinct.push(term);
      weight += term.weight;
    } else {
      const stranger = stem(words[place] as string);
      if (strangers.has(stranger)) return;
      strangers.add(stranger);
      distinct.push(stranger);
      weight += weightOf(weights, stranger);
    }
  });
  let grams: Int32Array[] | undefined;
  const known = new Map<Term, number>();
  return {
    words,
    terms,
    places,
    weight,
    numbers: numbersOf(text),
    likeness(term) {
      let best = known.get(term);
      if (best === undefined) {
        grams ??= distinct
          .slice(0, MOST_COMPARED)
          .map((one) => (typeof one === 'string' ? gramsOfStranger(one) : one.grams));
        best = mostAlike(term.grams, grams);
        known.set(term, best);
      }
      return best;
    },
  };
}

const gramsOfStranger = remembering(gramsOf);

/** Two words share fewer n-grams than this by chance. */
const LEAST_ALIKE = 0.3;

function mostAlike(grams: Int32Array, others: readonly Int32Array[]): number {
  let best = 0;
  for (const other of others) {
    const atMost = (2 * Math.min(grams.length, other.length)) / (grams.length + other.length);
    if (atMost > best) best = Math.max(best, overlap(grams, other));
  }
  return best < LEAST_ALIKE ? 0 : best;
}
