import type { Head } from '../src/heads.js';
import type { Predict } from './evaluate-model.js';
import { isOwnSource } from './calibrate-heads.js';
import type { Row } from './rows.js';
import { SOURCES } from './rows.js';
import { target } from './targets.js';
import { trainBaseline, type Baseline } from './tfidf-baseline.js';

/** Which rows the baseline learns from beside the head's own sources. */
export type BaselineRows = 'labelled' | 'labelled + neutral';

/**
 * The TF-IDF baseline on the same training rows as the model: `labelled` is the head's own sources (for bullying also the insults that
 * the model learns from, unless `insults` is false), `labelled + neutral` adds the weak negatives at full weight, as the published
 * figures do. Trained per head when first asked for.
 */
export function baselinePredict(training: readonly Row[], kind: BaselineRows, insults = true): Predict {
  const trained = new Map<Head, Baseline>();
  const baselineFor = (head: Head): Baseline => {
    const known = trained.get(head);
    if (known !== undefined) return known;
    const rows = training.filter((row) => {
      if (target(row, head) === undefined) return false;
      if (row.source.startsWith('id_neutral')) return kind === 'labelled + neutral';
      return (
        isOwnSource(row, head) ||
        (insults && head === 'bullying' && (SOURCES.insult as readonly string[]).includes(row.source))
      );
    });
    const baseline = trainBaseline(
      rows.map(({ text }) => text),
      rows.map((row) => target(row, head) ?? 0),
    );
    trained.set(head, baseline);
    return baseline;
  };
  return (rows, head) => baselineFor(head).predict(rows.map(({ text }) => text));
}
