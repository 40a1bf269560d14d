import { useState } from 'preact/hooks';
import type { AlertSeries } from '../../charts/chart-schemas.js';
import { CATEGORIES } from '../filters.js';
import { useTexts, useTextsOf } from '../language.js';
import { CHARTS } from '../texts/charts.js';
import { ChartFigure } from './chart-figure.js';
import { LineChart, type Line } from './line-chart.js';

/** Flags per hour, by category or by platform. */
export function AlertsChart({ data }: { data: AlertSeries | undefined }) {
  const shared = useTexts();
  const t = useTextsOf(CHARTS);
  const [by, setBy] = useState<'category' | 'platform'>('category');
  const lines = data ? linesBy(data, by, { ...shared, others: t.others }) : [];
  const hours = data?.hours ?? [];
  const shown = (at: string | undefined) =>
    at === undefined ? '' : new Date(at).toLocaleString([], { weekday: 'short', hour: '2-digit', minute: '2-digit' });
  const top = Math.max(1, ...lines.flatMap(({ points }) => points.map(([, y]) => y)));
  return (
    <ChartFigure
      {...{ id: 'alerts', title: t.alerts.title, note: t.alerts.note }}
      table={
        data && {
          columns: [{ name: t.hour }, ...lines.map(({ name }) => ({ name, isNumber: true }))],
          rows:
            lines.length === 0
              ? []
              : hours.map((hour, i) => [shown(hour), ...lines.map(({ points }) => String(points[i]?.[1] ?? 0))]),
        }
      }
    >
      <fieldset class="choice">
        <legend>{t.by}</legend>
        {(['category', 'platform'] as const).map((one) => (
          <label>
            <input type="radio" name="alerts-by" checked={by === one} onChange={() => setBy(one)} />
            {one === 'category' ? t.byCategory : t.byPlatform}
          </label>
        ))}
      </fieldset>
      <LineChart
        lines={lines}
        x={[0, Math.max(1, hours.length - 1)]}
        y={[0, top]}
        xNames={[shown(hours[0]), shown(hours.at(-1))]}
        topName={`${top} ${t.alerts.unit}`}
      />
    </ChartFigure>
  );
}

function linesBy(
  { series }: AlertSeries,
  by: 'category' | 'platform',
  words: Readonly<Record<(typeof CATEGORIES)[number] | 'others', string>>,
): Line[] {
  const names = [...new Set(series.map((one) => one[by]))];
  return names.map((name, i) => {
    const own = series.filter((one) => one[by] === name);
    const hours = own[0]?.alerts.length ?? 0;
    const points = Array.from(
      { length: hours },
      (_none, at) => [at, own.reduce((n, one) => n + (one.alerts[at] ?? 0), 0)] as const,
    );
    const category = CATEGORIES.find((one) => one === name && by === 'category');
    return { name: category ? words[category] : (name ?? words.others), tone: category ?? `s${i % 7}`, points };
  });
}
