import { hash } from 'node:crypto';
import { CATEGORIES, perCategory, type Category } from '@siaga/contracts';

type Scores = Record<Category, number>;

/** What the fleet said of one post, as far as it has said anything. */
export interface LiveJudgement {
  readonly outcome: 'scored' | 'dropped' | undefined;
  readonly scores: Scores;
  readonly flagged: Readonly<Record<Category, boolean>>;
}

/**
 * What the fleet said of the posts of a window, at 21 bytes a place and about two places a post, whatever the length of
 * ids: they are kept as 64 bits of their hash. Ten million of them collide with a chance of one in 300,000.
 */
export interface LiveRecord {
  /** Takes note of a post; again and again is once. */
  expect(id: string | Buffer): void;
  /** The first verdict of an expected post stands: later ones are repeats. */
  verdict(id: string, outcome: 'scored' | 'dropped', scores?: Scores): void;
  flag(id: string, category: Category): void;
  /** Its author took it down since: it counts as dropped, whatever was said of it before. */
  remove(id: string): void;
  expects(id: string | Buffer): boolean;
  /** @returns what was said of the post, once: undefined when it has been taken already */
  take(id: string): LiveJudgement | undefined;
}

const EXPECTED = 1;
const SCORED = 2;
const DROPPED = 4;
const TAKEN = 8;
const FLAGGED = 16;
const WIDTH = CATEGORIES.length;

/** @param posts the most that will be expected */
export function liveRecord(posts: number): LiveRecord {
  const places = 2 ** Math.ceil(Math.log2(Math.max(16, posts * 1.5)));
  const keys = new BigUint64Array(places);
  const state = new Uint8Array(places);
  const scores = new Float32Array(places * WIDTH);

  /** Open addressing with linear probing: the post's place, or the free one where it belongs. */
  const placeOf = (id: string | Buffer): number => {
    const key = hash('sha256', id, 'buffer').readBigUInt64LE();
    let place = Number(key & BigInt(places - 1));
    while (state[place] !== 0 && keys[place] !== key) place = (place + 1) & (places - 1);
    keys[place] = key;
    return place;
  };
  const mark = (place: number, bits: number) => {
    state[place] = (state[place] as number) | bits;
  };
  const has = (place: number, bits: number) => ((state[place] as number) & bits) !== 0;

  return {
    expect: (id) => mark(placeOf(id), EXPECTED),
    expects: (id) => has(placeOf(id), EXPECTED),
    verdict(id, outcome, given) {
      const place = placeOf(id);
      if (!has(place, EXPECTED) || has(place, SCORED | DROPPED)) return;
      mark(place, outcome === 'scored' ? SCORED : DROPPED);
      if (given) CATEGORIES.forEach((category, i) => (scores[place * WIDTH + i] = given[category]));
    },
    flag(id, category) {
      const place = placeOf(id);
      if (has(place, EXPECTED)) mark(place, FLAGGED << CATEGORIES.indexOf(category));
    },
    remove(id) {
      const place = placeOf(id);
      if (has(place, EXPECTED)) state[place] = ((state[place] as number) & ~SCORED) | DROPPED;
    },
    take(id) {
      const place = placeOf(id);
      if (!has(place, EXPECTED) || has(place, TAKEN)) return undefined;
      mark(place, TAKEN);
      return {
        outcome: has(place, SCORED) ? 'scored' : has(place, DROPPED) ? 'dropped' : undefined,
        scores: perCategory((_category, i) => scores[place * WIDTH + i] as number),
        flagged: perCategory((_category, i) => has(place, FLAGGED << i)),
      };
    },
  };
}
