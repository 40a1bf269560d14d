import type { FastifyInstance } from 'fastify';
import { decideDelivery, findDelivery, type Database } from '@siaga/storage';
import Type from 'typebox';
import { actorOf } from '../guard.js';
import { RequestError } from '../problem.js';
import type { SchemaTypes } from '../schema-types.js';

export const Word = Type.Union([Type.Literal('arrived'), Type.Literal('send-again')], {
  description: 'arrived: the platform has it, or a person has forwarded it; send-again: it never came',
});

const Params = Type.Object({ deliveryId: Type.String({ format: 'uuid' }) });
const Body = Type.Object(
  {
    word: Word,
    by: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\p{Cc}]*[^\\p{Cc}\\s][^\\p{Cc}]*$' }),
  },
  { additionalProperties: false },
);
const Decided = Type.Object({ state: Type.String({ description: 'of the delivery, from now on' }) });

/** Takes a person's word on a delivery of which nobody else can tell whether it arrived, or which a person has to make. */
export async function deliveryRoutes(app: FastifyInstance, { db }: { db: Database }): Promise<void> {
  const schema = { params: Params, body: Body, response: { 200: Decided } };
  app
    .withTypeProvider<SchemaTypes>()
    .post('/v1/deliveries/:deliveryId/decision', { schema }, async (request, reply) => {
      const { deliveryId } = request.params;
      const { word, by } = request.body;
      const state = await decideDelivery(db, { deliveryId, word, by: actorOf(request, by) });
      if (state === undefined) {
        const now = await findDelivery(db, deliveryId);
        if (!now) throw new RequestError(404, `there is no delivery ${deliveryId}`);
        throw new RequestError(409, `the delivery is ${now.state}: there is no "${word}" to be said of it`);
      }
      reply.header('cache-control', 'no-store');
      return { state };
    });
}
