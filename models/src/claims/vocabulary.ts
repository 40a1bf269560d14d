import { gramsOf, isWord, remembering, stem } from '@siaga/text';
import { SlotList } from './slot-list.js';
import { weightOf, type WordWeights } from './word-weights.js';

/** A stem that some claim holds. */
export class Term {
  /** The claims that can be found by it. */
  readonly claims = new SlotList();
  /** How many claims hold it. */
  holders = 0;
  /** Number of the latest search whose post holds it. */
  search = 0;
  #grams: Int32Array | undefined;

  constructor(
    /** From 1; a small number, taken again once nothing holds it. */
    readonly id: number,
    readonly stem: string,
    readonly weight: number,
  ) {}

  /** Its character n-grams; made when first asked for. */
  get grams(): Int32Array {
    return (this.#grams ??= gramsOf(this.stem));
  }
}

export interface Vocabulary {
  /** The term of a stem, made when there is none. */
  hold(stem: string): Term;
  /** The term of a token of a post, if its stem has one. */
  ofToken(token: string): Term | null;
  /** Forgets a term when no claim holds it any more. */
  release(term: Term): void;
}

export function createVocabulary(weights: WordWeights): Vocabulary {
  const terms = new Map<string, Term>();
  const free: number[] = [];
  const recall = () => remembering((token) => (isWord(token) ? (terms.get(stem(token)) ?? null) : null));
  let recalled = recall();
  let changed = false;
  return {
    ofToken(token) {
      if (changed) [recalled, changed] = [recall(), false];
      return recalled(token);
    },
    hold(wanted) {
      let term = terms.get(wanted);
      if (term === undefined) {
        term = new Term(free.pop() ?? terms.size + 1, wanted, weightOf(weights, wanted));
        terms.set(wanted, term);
        changed = true;
      }
      term.holders++;
      return term;
    },
    release(term) {
      if (--term.holders > 0) return;
      terms.delete(term.stem);
      free.push(term.id);
      changed = true;
    },
  };
}
