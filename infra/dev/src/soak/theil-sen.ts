export interface Slope {
  /** Per unit of x, the median of the slopes between all pairs of points. */
  readonly slope: number;
  /** 95 % of the time the true one lies between these, as far as the points are independent. */
  readonly low: number;
  readonly high: number;
}

/** Of the normal distribution, for 95 %. */
const Z = 1.96;

/**
 * A straight line's slope that a third of wild points cannot move: Theil's estimator with Sen's interval, which rests on
 * Kendall's tau (P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63, 1968).
 *
 * @returns undefined of fewer than three points
 */
export function theilSen(points: readonly { readonly x: number; readonly y: number }[]): Slope | undefined {
  const n = points.length;
  if (n < 3) return undefined;
  const slopes = points
    .flatMap((a, i) => points.slice(i + 1).flatMap((b) => (a.x === b.x ? [] : [(b.y - a.y) / (b.x - a.x)])))
    .sort((a, b) => a - b);
  if (slopes.length === 0) return undefined;
  const width = Z * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const at = (index: number) => slopes[Math.min(slopes.length - 1, Math.max(0, index))] as number;
  const middle = (slopes.length - 1) / 2;
  return {
    slope: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    low: at(Math.floor((slopes.length - width) / 2)),
    high: at(Math.ceil((slopes.length + width) / 2)),
  };
}
