import Type, { type Static } from 'typebox';
import { CategoryName, Instant, Nullable } from '../fields.js';
import { CategoryRecall, Interval } from '../recall/recall-schema.js';

const Platform = Nullable(
  Type.String({ description: 'null: the platforms together that have fewer notices than `namedFrom`' }),
);
const Count = Type.Integer({ minimum: 0 });

const SpanSummary = Type.Object(
  { count: Count, median: Nullable(Type.Number()), p90: Nullable(Type.Number()) },
  { description: 'seconds, of what is over; null where there are fewer than `namedFrom`' },
);
const Times = {
  delivery: SpanSummary,
  answer: SpanSummary,
  removal: SpanSummary,
  watched: Type.Integer({ description: 'listed posts that are looked up again' }),
};

/** What the fleet did in a month and what came of it. It names no person, no account and no post. */
export const Report = Type.Object({
  month: Type.String(),
  timeZone: Type.String(),
  from: Instant,
  to: Instant,
  madeAt: Instant,
  complete: Type.Boolean({ description: 'false while the month lasts' }),
  namedFrom: Type.Integer({ description: 'how many notices a platform needs to be named' }),
  notices: Type.Object({
    total: Count,
    late: Type.Integer({ description: 'not acted on or rejected by their deadline' }),
    cells: Type.Array(
      Type.Object({
        platform: Platform,
        category: CategoryName,
        outcomes: Type.Object({
          actioned: Count,
          rejected: Count,
          disputed: Count,
          'in-progress': Count,
          unanswered: Count,
          undelivered: Count,
        }),
        appeals: Type.Object({ made: Count, actioned: Count, rejected: Count }),
        late: Count,
      }),
    ),
  }),
  times: Type.Object({
    all: Type.Object(Times),
    platforms: Type.Array(Type.Object({ platform: Platform, ...Times })),
  }),
  precision: Type.Array(
    Type.Object({
      platform: Platform,
      platformJudged: Type.Integer({ description: 'notices acted on, rejected or disputed' }),
      platformFound: Nullable(Interval),
      peopleJudged: Type.Integer({ description: 'alerts confirmed, escalated or dismissed by our people' }),
      peopleFound: Nullable(Interval),
    }),
  ),
  recall: Type.Object({
    audited: Count,
    judged: Count,
    categories: Type.Object({ hoax: CategoryRecall, hate: CategoryRecall, bullying: CategoryRecall }),
  }),
  models: Type.Array(
    Type.Object({
      name: Type.String(),
      version: Type.String(),
      alerts: Type.Object({ hoax: Count, hate: Count, bullying: Count }),
    }),
  ),
});
export type Report = Static<typeof Report>;
