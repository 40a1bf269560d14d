import Type, { type Static } from 'typebox';
import { CategoryName, Instant, Nullable } from '../fields.js';
import { Interval } from '../recall/recall-schema.js';

const Count = Type.Integer({ minimum: 0 });
const Tenth = Type.Integer({ minimum: 0, maximum: 9, description: 'of the score: 3 is 0.3 up to 0.4' });

export const AlertSeries = Type.Object({
  hours: Type.Array(Instant, { description: 'the beginning of each; the last one lasts' }),
  series: Type.Array(
    Type.Object({
      category: CategoryName,
      platform: Nullable(Type.String({ description: 'null: all but those with the most alerts' })),
      alerts: Type.Array(Count, { description: 'one for each of `hours`' }),
    }),
  ),
});
export type AlertSeries = Static<typeof AlertSeries>;

export const RemovalCurves = Type.Object({
  days: Type.Integer(),
  platforms: Type.Array(
    Type.Object({
      platform: Type.String(),
      posts: Count,
      gone: Count,
      medianHours: Nullable(Type.Number({ description: 'when half were gone; null while fewer are' })),
      steps: Type.Array(Type.Object({ hours: Type.Number(), ...Interval.properties }), {
        description: 'the share of posts that were gone by then',
      }),
    }),
  ),
});
export type RemovalCurves = Static<typeof RemovalCurves>;

export const DestinationPrecision = Type.Object({
  destinations: Type.Array(
    Type.Object({
      platform: Type.String(),
      days: Type.Number(),
      judged: Count,
      right: Nullable(Interval),
      allowedWrong: Type.Number({ description: 'the share that may be wrong before a person must decide on all' }),
      overBudget: Type.Boolean(),
    }),
  ),
});
export type DestinationPrecision = Static<typeof DestinationPrecision>;

export const ThresholdVolumes = Type.Object({
  days: Type.Number({ description: 'over how many days is counted' }),
  categories: Type.Array(
    Type.Object({
      category: CategoryName,
      threshold: Nullable(Type.Number({ description: 'the present one; null before the first alert' })),
      audited: Count,
      volumes: Type.Array(Type.Object({ threshold: Type.Number(), alertsADay: Interval }), {
        description: 'what each threshold would have cost',
      }),
    }),
  ),
});
export type ThresholdVolumes = Static<typeof ThresholdVolumes>;

export const Calibration = Type.Object({
  decisions: Type.Integer({ description: 'how many of the latest are looked at' }),
  categories: Type.Array(
    Type.Object({
      category: CategoryName,
      tenths: Type.Array(Type.Object({ tenth: Tenth, judged: Count, meanScore: Type.Number(), found: Interval })),
    }),
  ),
});
export type Calibration = Static<typeof Calibration>;

export const Drift = Type.Object({
  reference: Nullable(Type.Object({ from: Type.String(), to: Type.String() })),
  categories: Type.Array(
    Type.Object({
      category: CategoryName,
      days: Type.Array(
        Type.Object({
          day: Type.String({ description: 'of UTC' }),
          index: Type.Number({ description: 'population stability index of its scores against the reference' }),
          chance: Type.Number({ description: 'what chance alone exceeds on one day of twenty' }),
        }),
      ),
    }),
  ),
});
export type Drift = Static<typeof Drift>;
