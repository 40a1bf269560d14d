/** A scored example: probability (or any score) and truth. */
export interface Judged {
  readonly score: number;
  readonly truth: 0 | 1;
}

/** Area under the ROC curve by ranks, ties counted half. NaN when one class is empty. */
export function auc(items: readonly Judged[]): number {
  const sorted = [...items].sort((a, b) => a.score - b.score);
  let ranks = 0;
  let positives = 0;
  for (let i = 0; i < sorted.length;) {
    let end = i;
    while (end < sorted.length && sorted[end]?.score === sorted[i]?.score) end++;
    for (let k = i; k < end; k++) {
      if (sorted[k]?.truth === 1) {
        positives++;
        ranks += (i + 1 + end) / 2;
      }
    }
    i = end;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (sorted.length - positives));
}

/** Average precision: area under the precision-recall curve as a step function. */
export function averagePrecision(items: readonly Judged[]): number {
  const sorted = [...items].sort((a, b) => b.score - a.score);
  let hits = 0;
  let sum = 0;
  sorted.forEach(({ truth }, i) => {
    if (truth === 1) sum += ++hits / (i + 1);
  });
  return sum / hits;
}

export interface Confusion {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Share of the negatives at or above the threshold. */
  readonly falsePositiveRate: number;
}

/** At and above the threshold counts as yes. Precision is 1 when nothing is. */
export function confusion(items: readonly Judged[], threshold: number): Confusion {
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  for (const { score, truth } of items) {
    const yes = score >= threshold;
    if (yes && truth === 1) tp++;
    else if (yes) fp++;
    else if (truth === 1) fn++;
    else tn++;
  }
  return {
    precision: tp + fp === 0 ? 1 : tp / (tp + fp),
    recall: tp + fn === 0 ? NaN : tp / (tp + fn),
    f1: tp === 0 ? 0 : (2 * tp) / (2 * tp + fp + fn),
    falsePositiveRate: fp + tn === 0 ? NaN : fp / (fp + tn),
  };
}

/** The threshold with the best F1, half-way between neighbouring scores. */
export function bestF1Threshold(items: readonly Judged[]): number {
  const sorted = [...items].sort((a, b) => b.score - a.score);
  const positives = items.filter(({ truth }) => truth === 1).length;
  let [tp, best, threshold] = [0, -1, 0.5];
  sorted.forEach(({ score, truth }, i) => {
    if (truth === 1) tp++;
    const f1 = (2 * tp) / (i + 1 + positives);
    const next = sorted[i + 1]?.score ?? 0;
    if (f1 > best && next < score) [best, threshold] = [f1, (score + next) / 2];
  });
  return threshold;
}

/** Expected calibration error over `bins` equally wide bins: mean of |mean probability - share of ones|, weighted by size. */
export function calibrationError(items: readonly Judged[], bins = 10): number {
  return reliability(items, bins).reduce(
    (sum, bin) => sum + (bin.count / items.length) * Math.abs(bin.mean - bin.share),
    0,
  );
}

export interface ReliabilityBin {
  readonly count: number;
  readonly mean: number;
  readonly share: number;
}

/** Bins of a reliability diagram, empty ones left out. */
export function reliability(items: readonly Judged[], bins = 10): ReliabilityBin[] {
  const groups = Array.from({ length: bins }, () => ({ count: 0, sum: 0, ones: 0 }));
  for (const { score, truth } of items) {
    const group = groups[Math.min(bins - 1, Math.floor(score * bins))];
    if (group === undefined) continue;
    group.count++;
    group.sum += score;
    group.ones += truth;
  }
  return groups
    .filter(({ count }) => count > 0)
    .map(({ count, sum, ones }) => ({ count, mean: sum / count, share: ones / count }));
}

/** Mean of F1 of both classes. */
export function macroF1(items: readonly Judged[], threshold: number): number {
  const no = confusion(
    items.map(({ score, truth }) => ({ score: -score, truth: (1 - truth) as 0 | 1 })),
    -threshold + 1e-12,
  );
  return (confusion(items, threshold).f1 + no.f1) / 2;
}
