import type { FastifyInstance } from 'fastify';
import { decideDelivery, findDelivery, type Database } from '@siaga/storage';
import Type from 'typebox';
import { nameOf } from '../auth/visitor.js';
import { PathId } from '../fields.js';
import { RequestError } from '../problem.js';
import type { SchemaTypes } from '../schema-types.js';

export const Word = Type.Union([Type.Literal('arrived'), Type.Literal('send-again')], {
  description: 'arrived: the platform has it, or a person has forwarded it; send-again: it never came',
});

const Params = Type.Object({ deliveryId: PathId('the delivery') });
const Body = Type.Object({ word: Word }, { additionalProperties: false });
const Decided = Type.Object({ state: Type.String({ description: 'of the delivery, from now on' }) });

/**
 * Takes a person's word on a delivery of which nobody else can tell whether it arrived, or which a person has to make.
 * It is filed under the name of their account.
 */
export async function deliveryRoutes(app: FastifyInstance, { db }: { db: Database }): Promise<void> {
  const config = { permission: 'decide', problems: [409] } as const;
  const schema = {
    ...{ operationId: 'decideDelivery', tags: ['decisions'], summary: 'Say what became of a delivery' },
    ...{ params: Params, body: Body, response: { 200: Decided } },
  };
  app
    .withTypeProvider<SchemaTypes>()
    .post('/v1/deliveries/:deliveryId/decision', { config, schema }, async (request, reply) => {
      const { deliveryId } = request.params;
      const { word } = request.body;
      const state = await decideDelivery(db, { deliveryId, word, by: nameOf(request.visitor) });
      if (state === undefined) {
        const now = await findDelivery(db, deliveryId);
        if (!now) throw new RequestError(404, `there is no delivery ${deliveryId}`);
        throw new RequestError(409, `the delivery is ${now.state}: there is no "${word}" to be said of it`);
      }
      reply.header('cache-control', 'no-store');
      return { state };
    });
}
