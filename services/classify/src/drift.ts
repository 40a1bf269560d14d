import { CATEGORIES } from '@siaga/contracts';
import { addLanguage, addText, emptyProfile, MEASURES, type Scorer, type TextProfile } from '@siaga/models';
import type { Judgement } from './judge.js';
import type { ClassifyMetrics } from './metrics.js';
import { stabilityIndex } from './score-histogram.js';

/** Compares the posts of late with those that the model was fitted to. */
export interface DriftWatch {
  /** Once per micro-batch, with the model that judged it. */
  observe(judgement: Judgement, scorer: Scorer): void;
}

/** Texts looked at: all of them under low load, and never a cost that the hot path would feel (40 us each). */
const SAMPLED_PER_SECOND = 100;
const SAMPLED_AT_ONCE = 500;
/** Texts in one of the two profiles that overlap: the index speaks of the latest one to two times so many. */
const WINDOW = 10_000;
/** Of fewer texts the index of equal populations already reaches 0.05: bins / texts (Yurdakul, 2018). */
const LEAST_TEXTS = 200;

/** @param options.window see WINDOW; now: milliseconds */
export function driftWatch(
  metrics: ClassifyMetrics,
  { window = WINDOW, now = Date.now }: { readonly window?: number; readonly now?: () => number } = {},
): DriftWatch {
  const allowance = rateLimit(SAMPLED_PER_SECOND, SAMPLED_AT_ONCE, now);
  let of: Scorer | undefined;
  let latest = emptyProfile();
  let before = emptyProfile();
  return {
    observe({ scored, dropped }, scorer) {
      if (of !== scorer) {
        of = scorer;
        [latest, before] = [emptyProfile(), emptyProfile()];
        for (const metric of [metrics.driftIndex, metrics.scores, metrics.lengths, metrics.unknownWords])
          metric.reset();
      }
      for (const { language } of scored) addLanguage(latest, language === 'id' ? 'id' : 'unknown');
      addLanguage(latest, 'other', dropped.filter(({ reason }) => reason === 'other-language').length);

      const sample = evenly(scored, allowance(scored.length));
      const unknown = scorer.unknownShares(sample.map(({ post }) => post.text));
      const model = scorer.version;
      sample.forEach(({ post, scores }, i) => {
        const share = unknown[i] as number;
        addText(latest, { scores, length: post.text.length, unknown: share });
        for (const category of CATEGORIES) metrics.scores.observe({ model, category }, scores[category]);
        metrics.lengths.observe({ model }, post.text.length);
        metrics.unknownWords.observe({ model }, share);
      });
      if (scorer.reference) compare(scorer.reference, model);
      if (total(latest.length) >= window) [before, latest] = [latest, emptyProfile()];
    },
  };

  function compare(reference: TextProfile, model: string): void {
    for (const what of MEASURES) {
      const bins = latest[what].map((n, bin) => n + (before[what][bin] as number));
      if (total(bins) < LEAST_TEXTS) continue;
      metrics.driftIndex.set({ model, what }, stabilityIndex(reference[what], bins));
    }
  }
}

const total = (bins: readonly number[]): number => bins.reduce((sum, n) => sum + n, 0);

/** @returns how many of those wanted are allowed now: so many a second, saved up to a limit */
function rateLimit(perSecond: number, atOnce: number, now: () => number): (wanted: number) => number {
  let saved = atOnce;
  let at = now();
  return (wanted) => {
    const elapsed = Math.max(0, now() - at);
    saved = Math.min(atOnce, saved + (elapsed * perSecond) / 1000);
    at += elapsed;
    const allowed = Math.min(wanted, Math.floor(saved));
    saved -= allowed;
    return allowed;
  };
}

/** At most `most` of the items, at even distances. */
function evenly<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_none, i) => items[Math.floor((i * items.length) / most)] as T);
}
