import { useCallback, useContext, useState } from 'preact/hooks';
import type { Ops, OpsPanel } from '../../ops/ops-schema.js';
import { LanguageContext, useTextsOf } from '../language.js';
import { loadOps } from '../load.js';
import { opsFigure, topOf } from '../ops-figure.js';
import { OPS } from '../texts/ops.js';
import { usePolled } from '../use-polled.js';
import { ChartFigure } from './chart-figure.js';
import { LineChart } from './line-chart.js';
import { ListState } from './list-state.js';
import { OpsAlerts } from './ops-alerts.js';
import { ViewHeading } from './view-heading.js';
import '../styles/charts.css';
import '../styles/ops.css';

const SPANS = [1, 6, 24] as const;
/** As many as there are colours. */
const MOST_LINES = 7;

/** How the fleet fares, for those without Grafana. */
export function OpsView() {
  const t = useTextsOf(OPS);
  const [hours, setHours] = useState<number>(1);
  const ops = usePolled(useCallback((signal: AbortSignal) => loadOps(hours, signal), [hours]));
  return (
    <main class="charts ops">
      <ViewHeading>{t.title}</ViewHeading>
      <p class="note">{t.note}</p>
      {ops === undefined && <ListState kind="loading" />}
      {ops?.state === 'none' && <NoFigures title={t.none} hint={t.noneHint} />}
      {ops?.state === 'unreachable' && <NoFigures title={t.unreachable} hint={t.unreachableHint} />}
      {ops?.state === 'ok' && (
        <>
          <OpsAlerts alerts={ops.alerts} />
          <label class="span">
            {t.span}
            <select value={hours} onChange={({ currentTarget }) => setHours(Number(currentTarget.value))}>
              {SPANS.map((span) => (
                <option key={span} value={span}>
                  {t.hours(span)}
                </option>
              ))}
            </select>
          </label>
          <div class="chart-grid">
            {ops.panels.map((panel) => (
              <OpsChart key={panel.id} panel={panel} ops={ops} />
            ))}
          </div>
        </>
      )}
    </main>
  );
}

function NoFigures({ title, hint }: { title: string; hint: string }) {
  return (
    <div class="list-state" role="status">
      <h3>{title}</h3>
      <p>{hint}</p>
    </div>
  );
}

function OpsChart({ panel, ops }: { panel: OpsPanel; ops: Ops }) {
  const t = useTextsOf(OPS);
  const language = useContext(LanguageContext);
  const { id, unit, series } = panel;
  const top = topOf(panel);
  const last = Math.max(...series.map(({ times }) => times.at(-1) ?? 0), 0);
  const clock = (at: number) =>
    new Date(at * 1000).toLocaleTimeString(language === 'id' ? 'id-ID' : 'en-GB', {
      hour: '2-digit',
      minute: '2-digit',
    });
  const nameOf = (name: string) => name || t.all;
  return (
    <ChartFigure
      {...{ id: `ops-${id}`, title: panel.title[language], note: t.hours(ops.hours), empty: t.empty }}
      table={{
        columns: [{ name: t.series }, { name: t.latest, isNumber: true }, { name: t.most, isNumber: true }],
        rows: series.map(({ name, values }) => [
          nameOf(name),
          opsFigure(values.at(-1), unit),
          opsFigure(Math.max(...values.map((value) => value ?? 0)), unit),
        ]),
      }}
    >
      <LineChart
        lines={series.slice(0, MOST_LINES).map(({ name, times, values }, i) => ({
          ...{ name: nameOf(name), tone: `s${i}` },
          points: values.flatMap((value, at) => (value === null ? [] : [[times[at] as number, value] as const])),
        }))}
        {...{ x: [last - ops.hours * 3_600, last], y: [0, top], topName: opsFigure(top, unit) }}
        xNames={[clock(last - ops.hours * 3_600), clock(last)]}
      />
    </ChartFigure>
  );
}
