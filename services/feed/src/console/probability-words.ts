const CLOSE_TO_CERTAIN = 0.99;

/** A probability with two decimals, three close to certainty, and never rounded up to a certainty that no model has. */
export function probabilityWords(probability: number): string {
  const digits = probability > CLOSE_TO_CERTAIN ? 3 : 2;
  // A little more than nothing, since 0.29 * 100 is 28.999999999999996.
  const floored = Math.floor(probability * 10 ** digits + 1e-9) / 10 ** digits;
  return floored.toFixed(digits);
}
