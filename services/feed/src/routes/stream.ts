import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { Live } from '../live/live.js';
import { RequestError } from '../problem.js';
import type { SchemaTypes } from '../schema-types.js';
import { SECURITY_HEADERS } from '../security-headers.js';

const StreamQuery = Type.Object(
  {
    after: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'send the flags after this seq first',
      }),
    ),
  },
  { additionalProperties: false },
);

export async function streamRoutes(app: FastifyInstance, { live }: { live: Live }): Promise<void> {
  app
    .withTypeProvider<SchemaTypes>()
    .get(
      '/v1/stream',
      { config: { permission: 'read' }, schema: { querystring: StreamQuery }, exposeHeadRoute: false },
      async (request, reply) => {
        // A browser keeps asking for the URL it knows; where it was is in the header, which therefore comes first.
        const after = seqOf(request.headers['last-event-id']) ?? request.query.after;
        await live.admit();
        reply.hijack();
        reply.raw.writeHead(200, {
          ...SECURITY_HEADERS,
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          // Asks nginx not to hold back what should arrive now.
          'x-accel-buffering': 'no',
        });
        await live.serve(reply.raw, after);
      },
    );
}

function seqOf(lastEventId: string | string[] | undefined): number | undefined {
  if (lastEventId === undefined || lastEventId === '') return undefined;
  const seq = Number(lastEventId);
  // Starting somewhere else would leave a gap that nobody sees.
  if (!Number.isSafeInteger(seq) || seq < 0) throw new RequestError(400, 'Last-Event-ID is not one of ours');
  return seq;
}
