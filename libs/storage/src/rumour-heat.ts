const HOUR_MS = 3_600_000;
/** A voice counts half as much after so long. */
const HALF_LIFE_MS = 3 * HOUR_MS;

/**
 * Growth as one number whose order does not change while nothing happens, so that it can be kept and indexed (forward decay: Cormode,
 * Shkapenyuk, Srivastava, Xu, "Forward decay: a practical time decay model for streaming systems", 2009): the binary logarithm
 * of the voices, each weighed by 2^(its time / half-life).
 *
 * @param heat so far; -Infinity of none
 */
export function warmRumour(heat: number, voices: number, at: number): number {
  if (voices <= 0) return heat;
  const news = Math.log2(voices) + at / HALF_LIFE_MS;
  const [high, low] = heat > news ? [heat, news] : [news, heat];
  return high + Math.log2(1 + 2 ** (low - high));
}

/** @returns the voices of a heat as they weigh at that time: one that has just come 1, one of three hours ago a half */
export const rumourGrowth = (heat: number, at: number): number => 2 ** Math.min(30, heat - at / HALF_LIFE_MS);
