import Type, { type Static } from 'typebox';
import { Instant, Nullable } from '../fields.js';

const Labels = Type.Record(Type.String(), Type.String());

const OpsPanel = Type.Object({
  id: Type.String(),
  title: Type.Object({ id: Type.String(), en: Type.String() }),
  unit: Type.String({ description: 'seconds, count, per-second, bytes-per-second, ratio or index' }),
  series: Type.Array(
    Type.Object({
      name: Type.String({ description: 'its labels, in words; empty where there is one line' }),
      times: Type.Array(Type.Number(), { description: 'Unix time in seconds' }),
      values: Type.Array(Nullable(Type.Number()), { description: 'one for each of `times`; null where there is none' }),
    }),
  ),
});
export type OpsPanel = Static<typeof OpsPanel>;

const OpsAlert = Type.Object({
  name: Type.String(),
  severity: Type.String(),
  summary: Type.String(),
  runbook: Type.String({ description: 'address of its runbook' }),
  since: Instant,
  labels: Labels,
});

export const Ops = Type.Object({
  state: Type.Union([Type.Literal('none'), Type.Literal('unreachable'), Type.Literal('ok')], {
    description: 'none: no Prometheus is set; unreachable: it does not answer, and there are no figures',
  }),
  hours: Type.Integer({ description: 'back from now' }),
  alerts: Type.Array(OpsAlert, { description: 'those that fire, pages first' }),
  panels: Type.Array(OpsPanel),
});
export type Ops = Static<typeof Ops>;
