export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Exact interval of a Poisson mean from one count: the means under which so few, or so many, have a chance of half of
 * `alpha` (Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28, 1936).
 */
export function poissonInterval(count: number, alpha: number): Interval {
  const tail = alpha / 2;
  if (count >= LARGE) return byarInterval(count, tail);
  // Far enough beyond the limit for any alpha that anybody uses.
  const ceiling = count + 10 * Math.sqrt(count + 1) + 30;
  return {
    estimate: count,
    low: count === 0 ? 0 : bisect(0, count, (mean) => 1 - poissonCdf(count - 1, mean) < tail),
    high: bisect(count, ceiling, (mean) => poissonCdf(count, mean) > tail),
  };
}

/** From here on an approximation is as good, and does not add up hundreds of terms. */
const LARGE = 300;

/** Byar's approximation of the same (Breslow and Day, "Statistical methods in cancer research" 2, 1987, page 69). */
function byarInterval(count: number, tail: number): Interval {
  const z = normalQuantile(1 - tail);
  const cube = (of: number, side: number) => of * (1 - 1 / (9 * of) + (side * z) / (3 * Math.sqrt(of))) ** 3;
  return { estimate: count, low: cube(count, -1), high: cube(count + 1, 1) };
}

/**
 * Interval of a weighted sum of Poisson counts, from the exact one of their plain sum (Dobson, Kuulasmaa, Eberle and
 * Scherer, "Confidence intervals for weighted sums of Poisson parameters", Statistics in Medicine 10, 1991). With equal
 * weights it is the exact one. Without any count the largest weight is assumed.
 */
export function weightedPoissonInterval(
  counts: readonly { readonly count: number; readonly weight: number }[],
  alpha: number,
): Interval {
  const sum = (of: (row: { count: number; weight: number }) => number) => counts.reduce((n, row) => n + of(row), 0);
  const total = sum(({ count }) => count);
  const estimate = sum(({ count, weight }) => count * weight);
  const variance = sum(({ count, weight }) => count * weight * weight);
  const scale = total > 0 ? Math.sqrt(variance / total) : Math.max(0, ...counts.map(({ weight }) => weight));
  const { low, high } = poissonInterval(total, alpha);
  return { estimate, low: Math.max(0, estimate + scale * (low - total)), high: estimate + scale * (high - total) };
}

/** Score interval of a share (Wilson, "Probable inference", JASA 22, 1927); `trials` above 0. */
export function wilsonInterval(successes: number, trials: number, alpha: number): Interval {
  const z = normalQuantile(1 - alpha / 2);
  const share = successes / trials;
  const centre = share + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return {
    estimate: share,
    low: Math.max(0, (centre - spread) / scale),
    high: Math.min(1, (centre + spread) / scale),
  };
}

/** P(X <= count) for a Poisson mean; terms by their logarithm, so that a large mean does not vanish. */
function poissonCdf(count: number, mean: number): number {
  if (mean === 0) return 1;
  let logTerm = -mean;
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= count; k++) {
    logTerm += Math.log(mean / k);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

function normalQuantile(p: number): number {
  return bisect(0, 10, (z) => normalCdf(z) < p);
}

/** Marsaglia, "Evaluating the normal distribution", Journal of Statistical Software 11, 2004; for 0 <= z <= 10. */
function normalCdf(z: number): number {
  let sum = z;
  let term = z;
  for (let i = 3; term > 1e-17 * sum; i += 2) {
    term *= (z * z) / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/** The point of [low, high] up to which `below` holds. */
function bisect(low: number, high: number, below: (x: number) => boolean): number {
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (below(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
