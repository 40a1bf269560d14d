import { useState } from 'preact/hooks';
import type { ThresholdVolumes } from '../../charts/chart-schemas.js';
import { CATEGORIES } from '../filters.js';
import { useTexts, useTextsOf } from '../language.js';
import { CHARTS } from '../texts/charts.js';
import { ChartFigure } from './chart-figure.js';
import { LineChart } from './line-chart.js';

/** What another threshold would cost in flags a day: one is chosen by the slider, its figures are said beside it. */
export function ThresholdsChart({ data }: { data: ThresholdVolumes | undefined }) {
  const shared = useTexts();
  const t = useTextsOf(CHARTS);
  const [category, setCategory] = useState<(typeof CATEGORIES)[number]>('hate');
  const [chosen, setChosen] = useState<number>();
  const own = data?.categories.find((one) => one.category === category);
  const volumes = own?.volumes ?? [];
  const threshold = chosen ?? own?.threshold ?? 0.5;
  const at = volumes.findLast((volume) => volume.threshold <= threshold + 1e-9);
  const number = (n: number) => n.toLocaleString([], { maximumFractionDigits: n < 10 ? 1 : 0 });
  const range = (of: { estimate: number; low: number; high: number }) =>
    of.high - of.low < 0.05 ? number(of.estimate) : `${number(of.estimate)} (${number(of.low)}–${number(of.high)})`;
  const spanOf = (days: number) => {
    const { span } = t.thresholds;
    const hours = Math.round(days * 24);
    if (hours < 2) return span.short;
    return hours < 48 ? span.hours(String(hours)) : span.days(number(days));
  };
  // From a tenth of a flag a day: below that it is never.
  const log = (n: number) => Math.log10(Math.max(0.1, n));
  const top = Math.max(1, ...volumes.map(({ alertsADay }) => log(alertsADay.high)));
  return (
    <ChartFigure
      {...{ id: 'thresholds', title: t.thresholds.title, note: data ? t.thresholds.note(spanOf(data.days)) : '' }}
      table={
        data && {
          columns: [{ name: t.thresholds.threshold }, { name: t.thresholds.perDay, isNumber: true }],
          rows: volumes.map((volume) => [volume.threshold.toFixed(2), range(volume.alertsADay)]),
        }
      }
    >
      <div class="choice">
        <select
          aria-label={t.category}
          value={category}
          onChange={({ currentTarget: { value } }) => {
            setCategory(CATEGORIES.find((one) => one === value) ?? 'hate');
            setChosen(undefined);
          }}
        >
          {CATEGORIES.map((one) => (
            <option value={one}>{shared[one]}</option>
          ))}
        </select>
        <label>
          {t.thresholds.threshold}{' '}
          <input
            type="range"
            min="0"
            max="0.98"
            step="0.02"
            value={threshold}
            onInput={({ currentTarget }) => setChosen(Number(currentTarget.value))}
          />
        </label>
        <output>
          {threshold.toFixed(2)}
          {own?.threshold !== null &&
            own?.threshold !== undefined &&
            ` (${t.thresholds.now} ${own.threshold.toFixed(2)})`}
          : <strong>{at ? range(at.alertsADay) : t.none}</strong> {t.thresholds.perDay.toLowerCase()}
        </output>
      </div>
      <LineChart
        lines={[
          {
            ...{ name: shared[category], tone: category },
            points: volumes.map((volume) => [volume.threshold, log(volume.alertsADay.estimate)]),
            band: volumes.map((volume) => [volume.threshold, log(volume.alertsADay.low), log(volume.alertsADay.high)]),
          },
        ]}
        x={[0, 1]}
        y={[-1, top]}
        xNames={['0', '1']}
        topName={number(10 ** top)}
        mark={threshold}
      />
    </ChartFigure>
  );
}
