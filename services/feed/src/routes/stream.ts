import type { FlagFilters } from '@siaga/storage';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { answerIn } from '../api-document/answers.js';
import type { Live } from '../live/live.js';
import { RequestError } from '../problem.js';
import type { SchemaTypes } from '../schema-types.js';
import { SECURITY_HEADERS } from '../security-headers.js';

export const StreamQuery = Type.Object(
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

export const StreamHeaders = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({
      pattern: '^[0-9]{0,16}$',
      description: 'the id of the last event seen: go on after it; weighs more than `after`',
    }),
  ),
});

const EVENTS = `Server-sent events; what each says is JSON.

- \`flag\`: a flag as in GET /v1/flags; \`audit\`, likewise of a post picked for the audit. The event's id is its \`seq\`.
- \`removed\`: \`{ seq, flagId, postId, removedAt }\`, the post's text is gone: delete it where you have kept it. It has an id, too.
- \`notice\`: \`{ campaignId, platform, notice }\`, the notice about a campaign to a platform has another state.
- \`ready\`: \`{ seq }\`, all that was there is sent.`;

export async function streamRoutes(app: FastifyInstance, { live }: { live: Live }): Promise<void> {
  app.withTypeProvider<SchemaTypes>().get(
    '/v1/stream',
    {
      config: { permission: 'read' },
      exposeHeadRoute: false,
      schema: {
        ...{ operationId: 'streamFlags', tags: ['flags'], summary: 'Flags as they are recorded, without an end' },
        ...{ description: EVENTS, querystring: StreamQuery, headers: StreamHeaders },
        response: { 200: answerIn('text/event-stream', 'Events, and a comment where nothing happens for a while.') },
      },
    },
    (request, reply) => sendStream(request, reply, live),
  );
}

/** @param filters of the flags that it tells of; all when not given */
export async function sendStream(
  request: FastifyRequest,
  reply: FastifyReply,
  live: Live,
  filters?: FlagFilters,
): Promise<void> {
  // A browser keeps asking for the URL it knows; where it was is in the header, which therefore comes first.
  const after = seqOf(request.headers['last-event-id']) ?? (request.query as Static<typeof StreamQuery>).after;
  await live.admit();
  reply.hijack();
  reply.raw.writeHead(200, {
    ...SECURITY_HEADERS,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Asks nginx not to hold back what should arrive now.
    'x-accel-buffering': 'no',
  });
  await live.serve(reply.raw, after, { credential: request.visitor.credential, filters });
}

function seqOf(lastEventId: string | string[] | undefined): number | undefined {
  if (lastEventId === undefined || lastEventId === '') return undefined;
  const seq = Number(lastEventId);
  // Starting somewhere else would leave a gap that nobody sees.
  if (!Number.isSafeInteger(seq) || seq < 0) throw new RequestError(400, 'Last-Event-ID is not one of ours');
  return seq;
}
