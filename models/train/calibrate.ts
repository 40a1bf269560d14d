import type { Calibration } from '../src/manifest.js';

/**
 * Platt's calibration: the slope and offset with the best log-likelihood of `truth` given `sigmoid(slope * logit + offset)`, by Newton
 * steps on the two numbers. Targets are smoothed as in Platt (1999), so that a separable set does not run away.
 */
export function fitCalibration(logits: readonly number[], truth: readonly (0 | 1)[]): Calibration {
  const ones = truth.filter((t) => t === 1).length;
  const high = (ones + 1) / (ones + 2);
  const low = 1 / (truth.length - ones + 2);
  let slope = 1;
  let offset = 0;
  for (let step = 0; step < 50; step++) {
    let [gs, go, hss, hso, hoo] = [0, 0, 1e-6, 0, 1e-6];
    logits.forEach((z, i) => {
      const p = 1 / (1 + Math.exp(-(slope * z + offset)));
      const error = p - (truth[i] === 1 ? high : low);
      const curve = p * (1 - p);
      gs += error * z;
      go += error;
      hss += curve * z * z;
      hso += curve * z;
      hoo += curve;
    });
    const determinant = hss * hoo - hso * hso;
    const ds = (hoo * gs - hso * go) / determinant;
    const dOffset = (hss * go - hso * gs) / determinant;
    slope = Math.max(0.05, slope - ds);
    offset -= dOffset;
    if (Math.abs(ds) + Math.abs(dOffset) < 1e-9) break;
  }
  return { slope, offset };
}
