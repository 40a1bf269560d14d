import Type, { type Static, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Ops, OpsPanel } from './ops-schema.js';
import type { Panel } from './panels.js';

const TIMEOUT_MS = 5_000;
const POINTS = 120;
const MOST_SERIES = 12;
const MOST_ALERTS = 50;
const HOUR_SECONDS = 3_600;

const Labels = Type.Record(Type.String(), Type.String());
const answerOf = <T extends TSchema>(data: T) =>
  Compile(Type.Object({ status: Type.Literal('success'), data }, { additionalProperties: true }));
const Series = Type.Object({
  metric: Labels,
  values: Type.Array(Type.Tuple([Type.Number(), Type.String()])),
});
const Matrix = answerOf(Type.Object({ result: Type.Array(Series) }));
const Alert = Type.Object({ labels: Labels, annotations: Labels, state: Type.String(), activeAt: Type.String() });
const Alerts = answerOf(Type.Object({ alerts: Type.Array(Alert) }));

/**
 * Asks a Prometheus that the operator has named, and only what `panels` ask.
 *
 * @returns figures of the last hours; every method throws when it does not answer in time, or not as Prometheus does
 */
export function prometheusClient(address: string) {
  const ask = async (path: string, query: Readonly<Record<string, string>>): Promise<unknown> => {
    const url = new URL(path, address.endsWith('/') ? address : `${address}/`);
    url.search = new URLSearchParams(query).toString();
    const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    if (!answer.ok) throw new Error(`Prometheus answers ${answer.status}`);
    return answer.json();
  };
  return {
    async panel({ id, title, unit, query, by }: Panel, hours: number, now = Date.now()): Promise<OpsPanel> {
      const end = now / 1000;
      const step = (hours * HOUR_SECONDS) / POINTS;
      const range = { start: String(end - hours * HOUR_SECONDS), end: String(end), step: String(step) };
      const answer = await ask('api/v1/query_range', { query, ...range });
      if (!Matrix.Check(answer)) throw new Error('Prometheus answers with no series');
      const series = answer.data.result.map(({ metric, values }) => ({
        name: by.flatMap((label) => metric[label] ?? []).join(' · '),
        times: values.map(([at]) => at),
        values: values.map(([, value]) => numberOf(value)),
      }));
      series.sort((a, b) => a.name.localeCompare(b.name, 'en'));
      return { id, title, unit, series: series.slice(0, MOST_SERIES) };
    },
    async alerts(): Promise<Ops['alerts']> {
      const answer = await ask('api/v1/alerts', {});
      if (!Alerts.Check(answer)) throw new Error('Prometheus answers with no alerts');
      return answer.data.alerts
        .filter(({ state }) => state === 'firing')
        .map(alertOf)
        .sort((a, b) => a.severity.localeCompare(b.severity, 'en') || a.name.localeCompare(b.name, 'en'))
        .slice(0, MOST_ALERTS);
    },
  };
}

function alertOf({ labels, annotations, activeAt }: Static<typeof Alert>): Ops['alerts'][number] {
  const { alertname = '', severity = '', ...rest } = labels;
  const { summary = '', runbook_url: runbook = '' } = annotations;
  return { ...{ name: alertname, severity, summary, runbook }, since: new Date(activeAt).toISOString(), labels: rest };
}

/** Prometheus writes NaN and infinity in words, and JSON has no numbers for them. */
function numberOf(text: string): number | null {
  const value = Number(text.replace('Inf', 'Infinity'));
  return Number.isFinite(value) ? value : null;
}
