import { perCategory } from '@siaga/contracts';
import type { FastifyInstance } from 'fastify';
import { agreementCounts, type Queryable } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { Nullable } from '../fields.js';
import { windowOf } from '../list/parameters.js';
import { cohensKappa } from '../recall/cohens-kappa.js';
import type { SchemaTypes } from '../schema-types.js';

const Time = (description: string) => Type.Optional(Type.String({ format: 'date-time', description }));
const AgreementQuery = Type.Object(
  { from: Time('second words from this time on'), to: Time('second words before this time') },
  { additionalProperties: false },
);

const Interval = Type.Object({ estimate: Type.Number(), low: Type.Number(), high: Type.Number() });
const CategoryAgreement = Type.Object({
  judged: Type.Integer({
    description: 'things of the category, or audited posts, on which two people have given a word',
  }),
  agreed: Type.Integer(),
  table: Type.Object(
    { both: Type.Integer(), firstOnly: Type.Integer(), secondOnly: Type.Integer(), neither: Type.Integer() },
    { description: 'who found it to be of the category' },
  ),
  kappa: Nullable(
    Type.Object(Interval.properties, {
      description: "Cohen's kappa with its interval; null where nothing was judged, or all of it alike",
    }),
  ),
});

const Agreement = Type.Object({
  confidence: Type.Literal(0.95),
  waiting: Type.Integer({ description: 'first words that wait for a second one, now' }),
  disputed: Type.Integer({ description: 'things on which two people differ and nobody has settled it, now' }),
  categories: Type.Object({ hoax: CategoryAgreement, hate: CategoryAgreement, bullying: CategoryAgreement }),
});
export type Agreement = Static<typeof Agreement>;

const ALPHA = 0.05;

/** How well two people agree on one thing, when the second does not know the first's word. */
export async function agreementRoutes(app: FastifyInstance, { db }: { db: Queryable }): Promise<void> {
  app.withTypeProvider<SchemaTypes>().get(
    '/v1/agreement',
    {
      config: { permission: 'read' },
      schema: {
        ...{ operationId: 'agreement', tags: ['figures'], summary: 'How well two people agree on one thing' },
        ...{ querystring: AgreementQuery, response: { 200: Agreement } },
      },
    },
    async ({ query }, reply): Promise<Agreement> => {
      const { tables, waiting, disputed } = await agreementCounts(db, windowOf(query));
      reply.header('cache-control', 'no-store');
      const categories = perCategory((category) => {
        const table = tables[category];
        const agreed = table.both + table.neither;
        const judged = agreed + table.firstOnly + table.secondOnly;
        return { judged, agreed, table, kappa: cohensKappa(table, ALPHA) };
      });
      return { confidence: 0.95, waiting, disputed, categories };
    },
  );
}
