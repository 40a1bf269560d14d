import { longer } from './longer.js';
import type { ReadClaim } from './read-claim.js';
import type { Term } from './vocabulary.js';

/** By how much one of a post's candidates is ahead of the claims beside it, or behind. */
export interface Standing {
  /** Weight of the shared stems by which the claim is found, shrunk by its length. */
  readonly listed: number;
  /** The highest of another claim; 0 when there is none. */
  readonly rival: number;
}

export interface Rivals {
  put(slot: number, claim: ReadClaim): void;
  /**
   * @param of slots of the candidates
   * @param terms the distinct terms of the post, in its order: sums of 32-bit floats depend on it
   * @returns one of each slot, in order
   */
  standings(of: readonly number[], terms: readonly Term[]): Standing[];
}

/** Owns buffers as long as the bank is large. */
export function createRivals(firstSlots: number): Rivals {
  /** Per claim, the weights of the terms by which it is found; all 0 between posts. */
  let sums = new Float32Array(firstSlots);
  let touched = new Int32Array(firstSlots);
  let shrinks = new Float64Array(firstSlots);
  let mostShrink = 0;

  return {
    put(slot, { shrink }) {
      if (slot >= sums.length) {
        sums = longer(sums, Float32Array);
        touched = longer(touched, Int32Array);
        shrinks = longer(shrinks, Float64Array);
      }
      shrinks[slot] = shrink;
      mostShrink = Math.max(mostShrink, shrink);
    },
    standings(of, terms) {
      const count = walk(terms, sums, touched);
      const listed = of.map((slot) => (sums[slot] as number) * (shrinks[slot] as number));
      let [first, highest, second] = [-1, 0, 0];
      for (let i = 0; i < count; i++) {
        const slot = touched[i] as number;
        const sum = sums[slot] as number;
        sums[slot] = 0;
        if (sum * mostShrink <= second) continue;
        const score = sum * (shrinks[slot] as number);
        if (score > highest) [first, highest, second] = [slot, score, highest];
        else if (score > second) second = score;
      }
      return of.map((slot, i) => ({ listed: listed[i] as number, rival: slot === first ? second : highest }));
    },
  };
}

/** @returns how many claims were touched */
function walk(terms: readonly Term[], sums: Float32Array, touched: Int32Array): number {
  let count = 0;
  for (const { weight, claims } of terms) {
    const { slots, length } = claims;
    for (let i = 0; i < length; i++) {
      const slot = slots[i] as number;
      const sum = sums[slot] as number;
      if (sum === 0) touched[count++] = slot;
      sums[slot] = sum + weight;
    }
  }
  return count;
}
