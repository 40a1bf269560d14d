import type { Recall } from '../../routes/recall.js';
import { CATEGORIES } from '../filters.js';
import { useTexts } from '../language.js';
import { loadRecall } from '../load.js';
import { usePolled } from '../use-polled.js';

const percent = (share: number) => `${Math.round(share * 100)}%`;

/** How much of each category the fleet catches, as far as the audit can tell: the estimate and its interval as a bar. */
export function RecallPanel() {
  const t = useTexts();
  const recall = usePolled(loadRecall);
  if (!recall) return null;
  return (
    <section class="recall" aria-label={t.recall}>
      <h2>
        {t.recall} <small>{t.judged(recall.judged, recall.audited)}</small>
      </h2>
      {recall.judged === 0 ? (
        <p>{t.recallEmpty}</p>
      ) : (
        <ul>
          {CATEGORIES.map((category) => (
            <Row key={category} category={category} {...recall.categories[category]} />
          ))}
        </ul>
      )}
    </section>
  );
}

type RowProps = Recall['categories']['hate'] & { readonly category: (typeof CATEGORIES)[number] };

function Row({ category, recall, missed }: RowProps) {
  const t = useTexts();
  return (
    <li class={category}>
      <span class="category">{t[category]}</span>
      <div class="recall-bar" aria-hidden="true">
        {recall && (
          <>
            <div class="recall-range" style={{ left: percent(recall.low), right: percent(1 - recall.high) }} />
            <div class="recall-mark" style={{ left: percent(recall.estimate) }} />
          </>
        )}
      </div>
      <span>
        {recall ? `${percent(recall.estimate)} (${percent(recall.low)}–${percent(recall.high)})` : t.recallUnknown}
      </span>
      {missed && <span class="missed">{t.missed(Math.floor(missed.low), Math.ceil(missed.high))}</span>}
    </li>
  );
}
