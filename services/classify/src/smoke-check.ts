import { CATEGORIES } from '@siaga/contracts';
import type { Scorer } from '@siaga/models';

/** Ordinary, rude, foreign, empty and awkward texts: what a broken artefact would trip over first. */
const TEXTS = [
  'selamat pagi, semoga harimu menyenangkan',
  'dasar bodoh, pergi sana',
  'SEBARKAN!!! besok listrik padam se-Indonesia',
  'The quick brown fox jumps over the lazy dog',
  '',
  '🙏🙏🙏',
  'a'.repeat(5_000),
  'g o b l o k \u200b t3s4ngka http://contoh.invalid #tagar @akun',
];

/** Ten times what the backends differ by: an artefact whose sums are right stays far below. */
const TOLERANCE = 1e-3;

/**
 * Scores a few texts before a model may serve. The first batch also compiles kernels, which no post should wait for.
 *
 * @throws Error when a score is no probability, when all texts score the same, or when the scores that posts get are not
 *   those of TF.js
 */
export function smokeCheck(scorer: Scorer): void {
  const results = scorer.score(TEXTS);
  const fast = scorer.categories(TEXTS);
  if (results.length !== TEXTS.length) throw new Error(`${results.length} scores for ${TEXTS.length} texts`);
  for (const category of CATEGORIES) {
    const { flag, escalate } = scorer.thresholds[category];
    if (!(flag > 0 && flag <= escalate && escalate <= 1)) throw new Error(`thresholds of ${category} are out of order`);
    const scores = results.map((result) => result.scores[category]);
    if (!scores.every((score) => score >= 0 && score <= 1)) throw new Error(`a ${category} score is no probability`);
    if (new Set(scores).size === 1) throw new Error(`every text has the same ${category} score`);
    if (scores.some((score, text) => !(Math.abs(score - (fast[text]?.[category] ?? NaN)) <= TOLERANCE))) {
      throw new Error(`the ${category} scores of posts are not those of TF.js`);
    }
  }
}
