import {
  alertHours,
  judgedScores,
  latestThresholds,
  platformPrecisions,
  scoreCounts,
  scoreTenths,
  standingPosts,
  type Queryable,
} from '@siaga/storage';
import { CATEGORIES } from '@siaga/contracts';
import type { FastifyInstance } from 'fastify';
import Type, { type TSchema } from 'typebox';
import { alertSeries } from '../charts/alert-series.js';
import * as schemas from '../charts/chart-schemas.js';
import { driftOf } from '../charts/drift.js';
import { removalCurves } from '../charts/removal-curves.js';
import { thresholdVolumes } from '../charts/threshold-volumes.js';
import { keptFor } from '../kept-for.js';
import { wilsonInterval } from '../recall/intervals.js';
import type { SchemaTypes } from '../schema-types.js';

const ALPHA = 0.05;
const KEPT_MS = 5_000;
const REMOVAL_DAYS = 30;
const SCORE_DAYS = 14;
const DRIFT_DAYS = 28;
/** Enough for intervals of a few hundredths, and read in some tens of milliseconds. */
const DECISIONS = 3_000;

const HoursQuery = Type.Object(
  { hours: Type.Integer({ minimum: 1, maximum: 336, default: 48, description: 'back from now' }) },
  { additionalProperties: false },
);

/** What the charts of the console are drawn from: small series, read from counts that are kept as flags are recorded. */
export async function chartRoutes(app: FastifyInstance, { db }: { db: Queryable }): Promise<void> {
  const typed = app.withTypeProvider<SchemaTypes>();
  const told = (name: string, summary: string, answer: TSchema) => ({
    ...{ operationId: name, tags: ['figures'], summary, response: { 200: answer } },
  });
  const config = { permission: 'read' } as const;

  typed.get(
    '/v1/charts/alerts',
    {
      config,
      schema: {
        ...told('chartAlerts', 'Alerts per hour by category and platform', schemas.AlertSeries),
        querystring: HoursQuery,
      },
    },
    async ({ query: { hours } }, reply) => {
      reply.header('cache-control', 'no-store');
      return alertSeries(await alertHours(db, hours), hours, new Date());
    },
  );

  const charts = {
    removal: {
      ...{ name: 'chartRemoval', is: schemas.RemovalCurves, summary: 'When reported posts were gone, by platform' },
      draw: async () => ({ days: REMOVAL_DAYS, platforms: removalCurves(await standingPosts(db, REMOVAL_DAYS)) }),
    },
    precision: {
      ...{
        name: 'chartPrecision',
        is: schemas.DestinationPrecision,
        summary: 'How often platforms found notices right',
      },
      draw: async () => ({
        destinations: (await platformPrecisions(db)).map(({ platform, days, judged, wrong, budget, overBudget }) => ({
          ...{ platform, days, judged, allowedWrong: budget, overBudget },
          right: judged === 0 ? null : wilsonInterval(judged - wrong, judged, ALPHA),
        })),
      }),
    },
    thresholds: {
      ...{
        name: 'chartThresholds',
        is: schemas.ThresholdVolumes,
        summary: 'How many alerts a day each threshold costs',
      },
      async draw() {
        const [{ days, counts }, thresholds] = await Promise.all([scoreCounts(db, SCORE_DAYS), latestThresholds(db)]);
        return { days, categories: thresholdVolumes(counts, thresholds, days) };
      },
    },
    calibration: {
      ...{
        name: 'chartCalibration',
        is: schemas.Calibration,
        summary: 'Whether scores are the probabilities they say',
      },
      async draw() {
        const rows = await judgedScores(db, DECISIONS);
        const tenths = (category: string) =>
          rows
            .filter((row) => row.category === category)
            .map(({ tenth, judged, found, meanScore }) => ({
              ...{ tenth, judged, meanScore, found: wilsonInterval(found, judged, ALPHA) },
            }));
        return {
          decisions: DECISIONS,
          categories: CATEGORIES.map((category) => ({ category, tenths: tenths(category) })),
        };
      },
    },
    drift: {
      ...{ name: 'chartDrift', is: schemas.Drift, summary: 'How far the scores of each day lie from those before' },
      draw: async () => driftOf(await scoreTenths(db, DRIFT_DAYS)),
    },
  };
  for (const [path, { name, summary, is, draw }] of Object.entries(charts)) {
    const drawn = keptFor<unknown>(KEPT_MS, draw);
    typed.get(`/v1/charts/${path}`, { config, schema: told(name, summary, is) }, async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      return drawn() as never;
    });
  }
}
