import type { Candidate } from './candidates.js';
import type { ReadClaim } from './read-claim.js';
import type { ReadPost } from './read-post.js';
import type { Term } from './vocabulary.js';

/** What the head sees of a post and a claim, in order. Shares are 0..1; weights are in tens of nats. */
export const PAIR_FEATURES = [
  'score',
  'ahead of others',
  'behind others',
  'share of the claim',
  'share of the post',
  'share of the claim in one run',
  'share of the claim in pairs of neighbours',
  'share of the claim near together',
  'share of the claim, like words too',
  'shared weight',
  'missing weight',
  'heaviest shared',
  'heaviest missing',
  'log of shared stems',
  "log of the claim's stems",
  "log of the post's words by share",
  'shared numbers',
  'missing numbers',
  'first place',
  'same order',
  'whole claim',
] as const;

const NATS = 10;
const MOST_NUMBERS = 3;

/** Writes PAIR_FEATURES of a pair into `out` at `at`. Pure. */
export function pairFeatures(
  post: ReadPost,
  { claim, score, listed, rival }: Candidate,
  out: Float32Array,
  at: number,
): void {
  const shared: Term[] = [];
  let [weight, heaviestShared, heaviestMissing, like] = [0, 0, 0, 0];
  for (const term of claim.distinct) {
    if (post.places.has(term)) {
      shared.push(term);
      weight += term.weight;
      heaviestShared = Math.max(heaviestShared, term.weight);
    } else {
      heaviestMissing = Math.max(heaviestMissing, term.weight);
      like += post.likeness(term) * term.weight;
    }
  }
  const whole = Math.max(1, claim.weight);
  const share = weight / whole;
  const lead = (listed - rival) / Math.max(1, listed, rival);
  const numbers = claim.numbers.filter((number) => post.numbers.has(number)).length;
  const firsts = shared.map((term) => post.places.get(term)?.[0] ?? 0);
  out.set(
    [
      score / NATS,
      Math.max(0, lead),
      Math.min(0, lead),
      share,
      weight / Math.max(1, post.weight),
      heaviestRun(post, claim) / whole,
      neighbours(post, claim),
      heaviestWindow(post, shared, 2 * claim.terms.length + 4) / whole,
      (weight + like) / whole,
      weight / NATS,
      (claim.weight - weight) / NATS,
      heaviestShared / NATS,
      heaviestMissing / NATS,
      Math.log1p(shared.length),
      Math.log1p(claim.terms.length),
      Math.log1p(post.words.length) * share,
      Math.min(MOST_NUMBERS, numbers) / MOST_NUMBERS,
      Math.min(MOST_NUMBERS, claim.numbers.length - numbers) / MOST_NUMBERS,
      firsts.length === 0 ? 1 : Math.min(...firsts) / Math.max(1, post.words.length),
      firsts.filter((place, i) => i > 0 && place >= (firsts[i - 1] ?? 0)).length / Math.max(1, firsts.length - 1),
      shared.length === claim.distinct.length && shared.length > 0 ? 1 : 0,
    ],
    at,
  );
}

/** Weight of the heaviest run of words that claim and post share. */
function heaviestRun(post: ReadPost, { terms }: ReadClaim): number {
  let heaviest = 0;
  terms.forEach((term, from) => {
    for (const place of post.places.get(term) ?? []) {
      if (from > 0 && place > 0 && post.terms[place - 1] === terms[from - 1]) continue; // inside a run seen before
      let weight = 0;
      for (let k = 0; from + k < terms.length && post.terms[place + k] === terms[from + k]; k++)
        weight += (terms[from + k] as Term).weight;
      heaviest = Math.max(heaviest, weight);
    }
  });
  return heaviest;
}

/** Share, by weight, of the claim's pairs of neighbours that are neighbours in the post. */
function neighbours(post: ReadPost, { terms }: ReadClaim): number {
  let [both, all] = [0, 0];
  for (let i = 0; i + 1 < terms.length; i++) {
    const [term, next] = [terms[i] as Term, terms[i + 1] as Term];
    const weight = term.weight + next.weight;
    all += weight;
    if (post.places.get(term)?.some((place) => post.terms[place + 1] === next)) both += weight;
  }
  return both / Math.max(1, all);
}

/** Most weight of distinct shared terms that stand within `width` words of the post. */
function heaviestWindow(post: ReadPost, shared: readonly Term[], width: number): number {
  const wanted = new Set(shared);
  const inside = new Map<Term, number>();
  let [weight, heaviest, from] = [0, 0, 0];
  post.terms.forEach((term, place) => {
    for (; from < place - width; from++) {
      const left = post.terms[from];
      if (!left || !wanted.has(left)) continue;
      const copies = (inside.get(left) ?? 0) - 1;
      inside.set(left, copies);
      if (copies === 0) weight -= left.weight;
    }
    if (term === null || !wanted.has(term)) return;
    const copies = inside.get(term) ?? 0;
    inside.set(term, copies + 1);
    if (copies === 0) weight += term.weight;
    heaviest = Math.max(heaviest, weight);
  });
  return heaviest;
}
