import type { ReadClaim } from './read-claim.js';
import type { Term } from './vocabulary.js';

/** What a claim must share with a post to be looked at closely. */
export interface Gate {
  /** Least weight of the shared stems, in nats. */
  readonly weight: number;
  /** Least part of the claim's own weight that they make up. */
  readonly share: number;
  /** Candidates per post. */
  readonly most: number;
}

/** Lets everything through: for training and for measuring retrieval. */
export const OPEN_GATE: Gate = { weight: 0, share: 0, most: 100 };

/** Of a claim's weight, the lightest stems that make up less than this part find no claim. Every gate that closes asks for more. */
const UNLISTED = 0.25;

export interface Candidate {
  readonly claim: ReadClaim;
  /** Weight of the stems that claim and post share, shrunk by the claim's length. */
  readonly score: number;
  /** The same of the stems by which the claim is found, and the highest of another claim; 0 when there is none. */
  readonly listed: number;
  readonly rival: number;
}

/**
 * The terms by which a claim is found: its heaviest, until the rest is too light to pass a gate by itself (prefix filtering, Chaudhuri,
 * Ganti, Kaushik 2006). Everyday words find next to no claim, so their long lists are never walked.
 */
export function findableBy({ distinct, weight }: ReadClaim): readonly Term[] {
  let rest = weight;
  const end = distinct.findIndex((term) => {
    if (rest < UNLISTED * weight) return true;
    rest -= term.weight;
    return false;
  });
  return end < 0 ? distinct : distinct.slice(0, end);
}

export interface CandidateFinder {
  put(slot: number, claim: ReadClaim, gate: Gate): void;
  /** @param terms the distinct terms of a post, each marked with the number of this search */
  find(terms: readonly Term[], search: number, claims: readonly (ReadClaim | undefined)[], gate: Gate): Candidate[];
}

/** Owns buffers as long as the bank is large. */
export function createCandidateFinder(): CandidateFinder {
  let shared = new Float32Array(FIRST_SLOTS);
  /** What the lists of a claim must bring if all the rest of it is shared too. */
  let needed = new Float32Array(FIRST_SLOTS);
  /** Ids of its heaviest terms, side by side, and what they must weigh together if all the rest is shared too. */
  let heaviest = new Int32Array(FIRST_SLOTS * LINE);
  let neededOfHeaviest = new Float32Array(FIRST_SLOTS);
  /** By id of term: its weight while a post that holds it is searched for, else 0. */
  let marks = new Float32Array(FIRST_SLOTS);
  let touched = new Int32Array(FIRST_SLOTS);

  return {
    put(slot, claim, gate) {
      if (slot >= touched.length) {
        shared = longer(shared, Float32Array);
        needed = longer(needed, Float32Array);
        heaviest = longer(heaviest, Int32Array);
        neededOfHeaviest = longer(neededOfHeaviest, Float32Array);
        touched = longer(touched, Int32Array);
      }
      const least = Math.max(gate.weight, gate.share * claim.weight) - ROUNDING;
      needed[slot] = least - (claim.weight - weightOfAll(findableBy(claim)));
      const line = claim.distinct.slice(0, LINE);
      neededOfHeaviest[slot] = least - (claim.weight - weightOfAll(line));
      heaviest.fill(0, slot * LINE, (slot + 1) * LINE);
      line.forEach(({ id }, i) => {
        while (id >= marks.length) marks = longer(marks, Float32Array);
        heaviest[slot * LINE + i] = id;
      });
    },
    find(terms, search, claims, gate) {
      const count = walk(terms, shared, touched);
      for (const { id, weight } of terms) marks[id] = weight;
      const passed: Passed[] = [];
      for (let i = 0; i < count; i++) {
        const slot = touched[i] as number;
        const listed = shared[slot] as number;
        shared[slot] = 0;
        if (listed < (needed[slot] as number)) continue;
        let weightOfLine = 0;
        for (let at = slot * LINE; at < (slot + 1) * LINE; at++)
          weightOfLine += marks[heaviest[at] as number] as number;
        if (weightOfLine < (neededOfHeaviest[slot] as number)) continue;
        const claim = claims[slot] as ReadClaim;
        const weight = sharedWeight(claim, search);
        if (weight >= gate.weight && weight >= gate.share * claim.weight)
          passed.push({ slot, claim, score: weight * claim.shrink });
      }
      for (const { id } of terms) marks[id] = 0;
      return passed.length === 0 ? [] : withRivals(passed, terms, claims, gate.most);
    },
  };

  function withRivals(
    passed: Passed[],
    terms: readonly Term[],
    claims: readonly (ReadClaim | undefined)[],
    most: number,
  ): Candidate[] {
    const count = walk(terms, shared, touched);
    const listedScore = (slot: number): number => (shared[slot] as number) * (claims[slot] as ReadClaim).shrink;
    let [first, highest, second] = [-1, 0, 0];
    for (let i = 0; i < count; i++) {
      const slot = touched[i] as number;
      const score = listedScore(slot);
      if (score > highest) [first, highest, second] = [slot, score, highest];
      else if (score > second) second = score;
    }
    const found = passed
      .sort((a, b) => b.score - a.score || a.slot - b.slot)
      .slice(0, most)
      .map(({ slot, claim, score }) => {
        const rival = slot === first ? second : highest;
        return { claim, score, listed: listedScore(slot), rival };
      });
    for (let i = 0; i < count; i++) shared[touched[i] as number] = 0;
    return found;
  }
}

interface Passed {
  readonly slot: number;
  readonly claim: ReadClaim;
  readonly score: number;
}

/** Sums, per claim, the weights of the terms by which it is found. @returns how many claims were touched */
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

/** Weight of the stems that a claim shares with the post of a search. */
function sharedWeight({ distinct }: ReadClaim, search: number): number {
  let weight = 0;
  for (const term of distinct) if (term.search === search) weight += term.weight;
  return weight;
}

const weightOfAll = (terms: readonly Term[]): number => terms.reduce((sum, { weight }) => sum + weight, 0);

const FIRST_SLOTS = 1024;
/** Terms of a claim that are checked without touching the claim: as many ids as one line of the processor's cache holds. */
const LINE = 16;
/** Sums of 32-bit floats in another order differ by less. */
const ROUNDING = 1e-3;

function longer<T extends Float32Array | Int32Array>(from: T, make: new (length: number) => T): T {
  const to = new make(from.length * 2);
  to.set(from);
  return to;
}
