import {
  appendEvidence,
  countJudgements,
  lockPrecisions,
  writePrecision,
  type Database,
  type EvidenceEvent,
} from '@siaga/storage';
import type { Policy, PrecisionPolicy } from './policy.js';

/** When not given: one in five wrong, of at least twenty judged in a month. */
export const PRECISION: PrecisionPolicy = { days: 30, budget: 0.2, atLeast: 20 };

/** Of the normal distribution, two-sided 95%. */
const Z = 1.96;

/** Lower end of the 95% score interval of a share (Wilson, "Probable inference", JASA 22, 1927). */
export function lowerBound(wrong: number, judged: number): number {
  if (judged === 0) return 0;
  const [share, z2] = [wrong / judged, Z ** 2 / judged];
  return (share + z2 / 2 - Math.sqrt(z2 * (share * (1 - share) + z2 / 4))) / (1 + z2);
}

/**
 * Whether a platform is past its budget. It comes to be when the share of wrong notices is above it beyond chance, and stays
 * until the share itself is back within it: between the two nothing changes.
 */
export function isOverBudget(
  { judged, wrong }: { readonly judged: number; readonly wrong: number },
  { budget, atLeast }: PrecisionPolicy,
  was: boolean,
): boolean {
  if (was) return wrong > budget * judged;
  return judged >= atLeast && lowerBound(wrong, judged) > budget;
}

/** Stops sending without a person to platforms that reject or dispute too much of it, and goes on when they no longer do. */
export async function watchPrecision({ db, policy }: { db: Database; policy: () => Policy }): Promise<void> {
  const { platforms } = policy();
  await db.transaction(async (tx) => {
    const evidence: EvidenceEvent[] = [];
    for (const { platform, overBudget: was } of await lockPrecisions(tx, Object.keys(platforms))) {
      const rules = { ...PRECISION, ...platforms[platform]?.precision };
      const counts = await countJudgements(tx, platform, rules.days);
      const overBudget = isOverBudget(counts, rules, was);
      const { days, budget } = rules;
      await writePrecision(tx, { platform, ...counts, days, budget, overBudget });
      if (overBudget === was) continue;
      const event = overBudget ? 'automatic-sending-stopped' : 'automatic-sending-resumed';
      evidence.push({ event, subject: platform, body: { ...counts, days, budget } });
    }
    await appendEvidence(tx, evidence);
  });
}
