import type { Agreement } from '../../routes/agreement.js';
import { CATEGORIES } from '../filters.js';
import { useTexts, useTextsOf } from '../language.js';
import { CHARTS } from '../texts/charts.js';
import { ChartFigure } from './chart-figure.js';

/** How far two people who judge the same thing agree: a dot with its interval for each category, from 0 to 1. */
export function AgreementFigure({ data }: { data: Agreement | undefined }) {
  const shared = useTexts();
  const t = useTextsOf(CHARTS);
  const w = t.agreement;
  const judged = data ? CATEGORIES.filter((category) => data.categories[category].judged > 0) : [];
  const rows = judged.flatMap((category) => (data ? [{ name: shared[category], ...data.categories[category] }] : []));
  // Less than chance is drawn as none: there is no room for it, and the table says it.
  const at = (kappa: number) => `${Math.max(0, kappa) * 100}%`;
  return (
    <ChartFigure
      {...{ id: 'agreement', title: w.title, empty: w.empty }}
      note={data ? w.note(data.waiting, data.disputed) : ''}
      table={
        data && {
          columns: [{ name: t.category }, ...[w.judged, w.agreed, w.kappa].map((name) => ({ name, isNumber: true }))],
          rows: rows.map(({ name, judged: all, agreed, kappa }) => [
            ...[name, String(all), String(agreed)],
            kappa ? `${kappa.estimate.toFixed(2)} (${kappa.low.toFixed(2)}–${kappa.high.toFixed(2)})` : t.none,
          ]),
        }
      }
    >
      <ul class="intervals" aria-hidden="true">
        {rows.map(({ name, judged: all, kappa }) => (
          <li>
            <bdi>{name}</bdi>
            <div class="interval">
              {kappa && <div class="range" style={{ left: at(kappa.low), right: at(1 - kappa.high) }} />}
              {kappa && <div class="dot" style={{ left: at(kappa.estimate) }} />}
            </div>
            <span>{kappa ? `${kappa.estimate.toFixed(2)} · ${all}` : t.none}</span>
          </li>
        ))}
      </ul>
    </ChartFigure>
  );
}
