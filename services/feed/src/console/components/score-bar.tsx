import { useTexts } from '../language.js';
import { probabilityWords } from '../probability-words.js';
import type { FlagItem } from '../../flag-item.js';

const percent = (part: number) => `${(part * 100).toFixed(1)}%`;

/** The score as a bar from 0 to 1, with the threshold and the threshold of automatic notices as marks on it. */
export function ScoreBar({ item }: { item: Pick<FlagItem, 'score' | 'threshold' | 'escalateThreshold'> }) {
  const t = useTexts();
  const { score, threshold, escalateThreshold } = item;
  return (
    <div class="score">
      <span class="score-number">{probabilityWords(score)}</span>
      <span class="score-threshold" title={`${t.autoThreshold} ${escalateThreshold.toFixed(2)}`}>
        {t.threshold} {threshold.toFixed(2)}
      </span>
      <div class="score-bar" aria-hidden="true">
        <div class="score-fill" style={{ width: percent(score) }} />
        <div class="score-mark" style={{ left: percent(threshold) }} />
        <div class="score-mark score-mark-auto" style={{ left: percent(escalateThreshold) }} />
      </div>
    </div>
  );
}
