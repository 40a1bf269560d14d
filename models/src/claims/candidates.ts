import { longer } from './longer.js';
import type { ReadClaim } from './read-claim.js';
import { createRivals, type Standing } from './rivals.js';
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

export interface Candidate extends Standing {
  readonly claim: ReadClaim;
  /** Weight of the stems that claim and post share, shrunk by the claim's length. */
  readonly score: number;
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

/**
 * Owns buffers as long as the bank is large. Most posts have no candidate and are let go after a walk that writes nothing but one byte
 * per claim, which the processor's cache holds for 100,000 claims; only for the others is the exact weight of every claim summed.
 */
export function createCandidateFinder(): CandidateFinder {
  /** What the lists bring each claim, in steps, never too little; all 0 between searches. */
  let brought = new Uint8ClampedArray(FIRST_SLOTS);
  /** What they must bring if all the rest of the claim is shared too, in steps, never too much; and the least of any claim. */
  let needed = new Uint8Array(FIRST_SLOTS);
  let leastNeeded = MOST_STEPS;
  /** After the last slot. */
  let end = 0;
  /** Slots of the claims that were brought the least. */
  let reached = new Int32Array(FIRST_SLOTS);
  /** Ids of a claim's heaviest terms, side by side, and what they must weigh together if all the rest is shared too. */
  let heaviest = new Int32Array(FIRST_SLOTS * LINE);
  let neededOfHeaviest = new Float32Array(FIRST_SLOTS);
  /** By id of term: its weight while a post that holds it is searched for, else 0. */
  let marks = new Float32Array(FIRST_SLOTS);
  const rivals = createRivals(FIRST_SLOTS);

  return {
    put(slot, claim, gate) {
      if (slot >= reached.length) {
        brought = longer(brought, Uint8ClampedArray);
        needed = longer(needed, Uint8Array);
        reached = longer(reached, Int32Array);
        heaviest = longer(heaviest, Int32Array);
        neededOfHeaviest = longer(neededOfHeaviest, Float32Array);
      }
      end = Math.max(end, slot + 1);
      const least = Math.max(gate.weight, gate.share * claim.weight) - ROUNDING;
      const steps = Math.floor((least - (claim.weight - weightOfAll(findableBy(claim)))) / STEP);
      needed[slot] = Math.min(MOST_STEPS, Math.max(1, steps));
      leastNeeded = Math.min(leastNeeded, needed[slot] as number);
      const line = claim.distinct.slice(0, LINE);
      neededOfHeaviest[slot] = least - (claim.weight - weightOfAll(line));
      heaviest.fill(0, slot * LINE, (slot + 1) * LINE);
      line.forEach(({ id }, i) => {
        while (id >= marks.length) marks = longer(marks, Float32Array);
        heaviest[slot * LINE + i] = id;
      });
      rivals.put(slot, claim);
    },
    find(terms, search, claims, gate) {
      const count = walk(terms);
      const passed: Passed[] = [];
      for (const { id, weight } of terms) marks[id] = weight;
      for (let i = 0; i < count; i++) {
        const slot = reached[i] as number;
        if ((brought[slot] as number) < (needed[slot] as number) || !heaviestMaySuffice(slot)) continue;
        const claim = claims[slot] as ReadClaim;
        const weight = sharedWeight(claim, search);
        if (weight >= gate.weight && weight >= gate.share * claim.weight)
          passed.push({ slot, claim, score: weight * claim.shrink });
      }
      for (const { id } of terms) marks[id] = 0;
      brought.fill(0, 0, end);
      if (passed.length === 0) return [];
      const best = passed.sort((a, b) => b.score - a.score || a.slot - b.slot).slice(0, gate.most);
      const standings = rivals.standings(
        best.map(({ slot }) => slot),
        terms,
      );
      return best.map(({ claim, score }, i) => ({ claim, score, ...(standings[i] as Standing) }));
    },
  };

  /** Sums what the lists bring. @returns how many claims are now in `reached`, each once */
  function walk(terms: readonly Term[]): number {
    // Constants: what a closure may change is read anew at every step.
    const [sums, least, found] = [brought, leastNeeded, reached];
    let count = 0;
    for (const { weight, claims } of terms) {
      const { slots, length } = claims;
      const steps = Math.ceil(weight / STEP) | 0;
      for (let i = 0; i < length; i++) {
        const slot = slots[i] as number;
        const before = sums[slot] as number;
        const now = before + steps;
        sums[slot] = now;
        if (now >= least && before < least) found[count++] = slot;
      }
    }
    return count;
  }

  /** Spares most claims that do not pass a look at their terms, which lie all over the memory. */
  function heaviestMaySuffice(slot: number): boolean {
    let weight = 0;
    for (let at = slot * LINE; at < (slot + 1) * LINE; at++) weight += marks[heaviest[at] as number] as number;
    return weight >= (neededOfHeaviest[slot] as number);
  }
}

interface Passed {
  readonly slot: number;
  readonly claim: ReadClaim;
  readonly score: number;
}

/** Weight of the stems that a claim shares with the post of a search. */
function sharedWeight({ distinct }: ReadClaim, search: number): number {
  let weight = 0;
  for (const term of distinct) if (term.search === search) weight += term.weight;
  return weight;
}

const weightOfAll = (terms: readonly Term[]): number => terms.reduce((sum, { weight }) => sum + weight, 0);

const FIRST_SLOTS = 1024;
/** Nats; a claim that has more than enough of 255 steps is looked at closely. */
const STEP = 0.25;
const MOST_STEPS = 255;
/** Terms of a claim that are checked without touching the claim: as many ids as one line of the processor's cache holds. */
const LINE = 16;
/** Sums of 32-bit floats in another order differ by less. */
const ROUNDING = 1e-3;
