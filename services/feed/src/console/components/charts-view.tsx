import type { Calibration, DestinationPrecision, Drift, RemovalCurves } from '../../charts/chart-schemas.js';
import { CATEGORIES } from '../filters.js';
import { useTexts, useTextsOf } from '../language.js';
import { loadAgreement, loadChart } from '../load.js';
import { CHARTS } from '../texts/charts.js';
import { usePolled } from '../use-polled.js';
import { AgreementFigure } from './agreement-figure.js';
import { AlertsChart } from './alerts-chart.js';
import { ChartFigure } from './chart-figure.js';
import { LineChart } from './line-chart.js';
import { ThresholdsChart } from './thresholds-chart.js';
import { ViewHeading } from './view-heading.js';
import '../styles/charts.css';

const percent = (share: number) => `${Math.round(share * 100)}%`;
const range = ({ estimate, low, high }: { estimate: number; low: number; high: number }) =>
  `${percent(estimate)} (${percent(low)}–${percent(high)})`;
const numbers = (...names: readonly string[]) => names.map((name) => ({ name, isNumber: true }));

/** Charts that each answer one question. */
export function ChartsView() {
  const t = useTextsOf(CHARTS);
  return (
    <main class="charts">
      <ViewHeading>{t.title}</ViewHeading>
      <div class="chart-grid">
        <AlertsChart data={usePolled(loadChart.alerts)} />
        <ThresholdsChart data={usePolled(loadChart.thresholds)} />
        <RemovalChart data={usePolled(loadChart.removal)} />
        <PrecisionChart data={usePolled(loadChart.precision)} />
        <CalibrationChart data={usePolled(loadChart.calibration)} />
        <AgreementFigure data={usePolled(loadAgreement)} />
        <DriftChart data={usePolled(loadChart.drift)} />
      </div>
    </main>
  );
}

function RemovalChart({ data }: { data: RemovalCurves | undefined }) {
  const t = useTextsOf(CHARTS);
  const w = t.removal;
  const platforms = data?.platforms ?? [];
  const last = Math.max(1, ...platforms.flatMap(({ steps }) => steps.map(({ hours }) => hours)));
  return (
    <ChartFigure
      {...{ id: 'removal', title: w.title, note: w.note(data?.days ?? 30) }}
      table={
        data && {
          columns: [{ name: t.platform }, ...numbers(w.posts, w.gone, w.median)],
          rows: platforms.map(({ platform, posts, gone, medianHours }) => [
            ...[platform, String(posts), String(gone), medianHours === null ? t.none : String(medianHours)],
          ]),
        }
      }
    >
      <LineChart
        lines={platforms.slice(0, 7).map(({ platform, steps }, i) => ({
          ...{ name: platform, tone: `s${i}` },
          // A share stays until the next look finds more.
          points: stairs(
            steps.map(({ hours, estimate }) => [hours, estimate]),
            last,
          ),
          ...(platforms.length === 1 && { band: steps.map(({ hours, low, high }) => [hours, low, high] as const) }),
        }))}
        {...{ x: [0, last], y: [0, 1], xNames: ['0', `${last} · ${w.after}`], topName: '100%' }}
      />
    </ChartFigure>
  );
}

function stairs(points: readonly (readonly [number, number])[], end: number): [number, number][] {
  let before = 0;
  const steps = points.flatMap(([x, y]): [number, number][] => {
    const step: [number, number][] = [
      [x, before],
      [x, y],
    ];
    before = y;
    return step;
  });
  return [[0, 0], ...steps, [end, before]];
}

function PrecisionChart({ data }: { data: DestinationPrecision | undefined }) {
  const t = useTextsOf(CHARTS);
  const w = t.precision;
  const destinations = data?.destinations ?? [];
  return (
    <ChartFigure
      {...{ id: 'precision', title: w.title, note: w.note }}
      table={
        data && {
          columns: [{ name: t.platform }, ...numbers(w.judged, w.right, w.floor)],
          rows: destinations.map(({ platform, judged, right, allowedWrong }) => [
            ...[platform, String(judged), right ? range(right) : t.none, percent(1 - allowedWrong)],
          ]),
        }
      }
    >
      <ul class="intervals" aria-hidden="true">
        {destinations.map(({ platform, judged, right, allowedWrong, overBudget }) => (
          <li class={overBudget ? 'over' : undefined}>
            <bdi>{platform}</bdi>
            <div class="interval">
              {right && <div class="range" style={{ left: percent(right.low), right: percent(1 - right.high) }} />}
              {right && <div class="dot" style={{ left: percent(right.estimate) }} />}
              <div class="floor" style={{ left: percent(1 - allowedWrong) }} />
            </div>
            <span>{right ? `${percent(right.estimate)} · ${judged}` : t.none}</span>
          </li>
        ))}
      </ul>
    </ChartFigure>
  );
}

function CalibrationChart({ data }: { data: Calibration | undefined }) {
  const shared = useTexts();
  const t = useTextsOf(CHARTS);
  const w = t.calibration;
  const judged = data?.categories.filter(({ tenths }) => tenths.length > 0) ?? [];
  return (
    <ChartFigure
      {...{ id: 'calibration', title: w.title, note: w.note(data?.decisions ?? 0) }}
      table={
        data && {
          columns: [{ name: t.category }, ...numbers(w.score, w.found, w.judged)],
          rows: judged.flatMap(({ category, tenths }) =>
            tenths.map((one) => [shared[category], one.meanScore.toFixed(2), range(one.found), String(one.judged)]),
          ),
        }
      }
    >
      <LineChart
        lines={[
          {
            name: w.score,
            tone: 'plain',
            dashed: true,
            points: [
              [0, 0],
              [1, 1],
            ],
          },
          ...judged.map(({ category, tenths }) => ({
            ...{ name: shared[category], tone: category },
            points: tenths.map(({ meanScore, found }) => [meanScore, found.estimate] as const),
            band: tenths.map(({ meanScore, found }) => [meanScore, found.low, found.high] as const),
          })),
        ]}
        {...{ x: [0, 1], y: [0, 1], xNames: ['0', `1 · ${w.score}`], topName: `100% · ${w.found}` }}
      />
    </ChartFigure>
  );
}

function DriftChart({ data }: { data: Drift | undefined }) {
  const shared = useTexts();
  const t = useTextsOf(CHARTS);
  const w = t.drift;
  const drawn = data?.categories.filter(({ days }) => days.length > 0) ?? [];
  const days = [...new Set(drawn.flatMap((one) => one.days.map(({ day }) => day)))].sort();
  const all = drawn.flatMap((one) => one.days);
  const top = Math.max(0.1, ...all.map(({ index, chance }) => Math.max(index, Math.min(chance, 1))));
  const points = (category: (typeof CATEGORIES)[number], value: 'index' | 'chance') =>
    (drawn.find((one) => one.category === category)?.days ?? []).map(
      (one) => [days.indexOf(one.day), one[value]] as const,
    );
  return (
    <ChartFigure
      {...{ id: 'drift', title: w.title, empty: w.short }}
      note={data?.reference ? w.note(data.reference.from, data.reference.to) : ''}
      table={
        data && {
          columns: [{ name: w.day }, { name: t.category }, ...numbers(w.index, w.chance)],
          rows: drawn.flatMap(({ category, days: own }) =>
            own.map(({ day, index, chance }) => [day, shared[category], index.toFixed(3), chance.toFixed(3)]),
          ),
        }
      }
    >
      <LineChart
        lines={drawn.flatMap(({ category }) => [
          { name: shared[category], tone: category, points: points(category, 'index') },
          {
            name: `${shared[category]}: ${w.chance.toLowerCase()}`,
            tone: category,
            dashed: true,
            points: points(category, 'chance'),
          },
        ])}
        x={[0, Math.max(1, days.length - 1)]}
        y={[0, top]}
        xNames={[days[0] ?? '', days.at(-1) ?? '']}
        topName={top.toFixed(2)}
      />
    </ChartFigure>
  );
}
