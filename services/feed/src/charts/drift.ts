import { CATEGORIES } from '@siaga/contracts';
import type { ScoreTenth } from '@siaga/storage';
import type { Drift } from './chart-schemas.js';

const TENTHS = 10;
/** Of the chi-squared distribution with nine degrees of freedom, exceeded in one case of twenty. */
const CHI_SQUARED = 16.919;

/**
 * How far each day's scores lie from those of the days before: the earlier half of the days is the reference, every later one
 * is compared with it by the population stability index. Between equal distributions the index is about chi-squared with
 * bins - 1 degrees of freedom, times 1/n + 1/m (Yurdakul, "Statistical properties of population stability index", 2018),
 * with Kish's effective sizes, for counted posts stand for different numbers of posts.
 */
export function driftOf(rows: readonly ScoreTenth[]): Drift {
  const days = [...new Set(rows.map(({ day }) => day))].sort();
  const before = days.slice(0, Math.floor(days.length / 2));
  const [from, to] = [before[0], before.at(-1)];
  if (from === undefined || to === undefined) return { reference: null, categories: [] };
  return {
    reference: { from, to },
    categories: CATEGORIES.map((category) => {
      const own = rows.filter((row) => row.category === category);
      const reference = profileOf(own.filter(({ day }) => day <= to));
      return {
        category,
        days: days.slice(before.length).flatMap((day) => {
          const profile = profileOf(own.filter((row) => row.day === day));
          if (profile.size === 0 || reference.size === 0) return [];
          const chance = CHI_SQUARED * (1 / profile.size + 1 / reference.size);
          return [{ day, index: indexOf(profile.shares, reference.shares), chance }];
        }),
      };
    }),
  };
}

interface Profile {
  readonly shares: readonly number[];
  /** As many equally weighed posts would tell as much. */
  readonly size: number;
}

function profileOf(rows: readonly ScoreTenth[]): Profile {
  const weights = Array.from({ length: TENTHS }, (_none, tenth) =>
    rows.reduce((total, row) => (row.tenth === tenth ? total + row.weight : total), 0),
  );
  const weight = weights.reduce((total, one) => total + one, 0);
  const squares = rows.reduce((total, row) => total + row.squares, 0);
  const size = squares === 0 ? 0 : (weight * weight) / squares;
  // Half a post more in each tenth, so that an empty one is no infinity.
  return { size, shares: weights.map((one) => ((size * one) / (weight || 1) + 0.5) / (size + TENTHS / 2)) };
}

const indexOf = (now: readonly number[], before: readonly number[]) =>
  now.reduce((total, share, i) => total + (share - (before[i] ?? 0)) * Math.log(share / (before[i] ?? 1)), 0);
