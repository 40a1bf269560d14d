import { MailAddress } from '@siaga/outgoing';
import {
  addSubscription,
  deleteSubscription,
  findSubscription,
  listSubscriptions,
  pauseSubscription,
  type Account,
  type Database,
  type Subscription,
  type SubscriptionWay,
} from '@siaga/storage';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { Instant, Nullable, PathId } from '../fields.js';
import { NO_CONTENT } from '../api-document/answers.js';
import { RequestError } from '../problem.js';
import { refuseUnlessFollowable, type FlagQuery } from '../saved/saved-query.js';
import type { SchemaTypes } from '../schema-types.js';
import { nextDigestAt } from '../subscriptions/digest-time.js';
import type { SubscriptionKeys } from '../subscriptions/keys.js';
import { mayReceive } from '../subscriptions/subscription-mail.js';
import { UNSUBSCRIBED } from './unsubscribe.js';
import { QueryParams, said, visibleQuery } from './saved-queries.js';

/** What the fleet's settings let subscriptions do. */
export interface SubscriptionAccess {
  /** Without them there are no subscriptions. */
  readonly keys?: SubscriptionKeys | undefined;
  /** Whose mailboxes digests may go to; without it there are no digests. */
  readonly recipientDomains?: readonly string[] | undefined;
  /** Webhooks may go to private addresses, and unencrypted. */
  readonly allowPrivateAddresses: boolean;
}

export const SubscriptionItem = Type.Object(
  {
    subscriptionId: Type.String(),
    queryId: Type.String(),
    queryName: Type.String(),
    kind: Type.Enum(['webhook', 'digest']),
    url: Nullable(Type.String()),
    recipient: Nullable(Type.String()),
    atHour: Nullable(Type.Integer({ description: 'of the day in Jakarta; null: every hour' })),
    state: Type.Enum(['active', 'paused', 'ended']),
    endedWhy: Nullable(Type.String()),
    dueAt: Instant,
    failures: Type.Integer({ description: 'tries in a row that did not arrive' }),
    failingSince: Nullable(Instant),
    lastError: Nullable(Type.String()),
    sentAt: Nullable(Instant),
    sentFlags: Type.Integer(),
    createdAt: Instant,
  },
  { description: 'The subscription.' },
);
export type SubscriptionItem = Static<typeof SubscriptionItem>;
const SubscriptionList = Type.Object({ items: Type.Array(SubscriptionItem) }, { description: 'Newest first.' });
const Params = Type.Object({ id: PathId('the subscription') });
export type SubscriptionList = Static<typeof SubscriptionList>;
const Added = Type.Object(
  {
    subscription: SubscriptionItem,
    secret: Nullable(
      Type.String({ description: 'what a webhook is signed with (Standard Webhooks), shown this once' }),
    ),
  },
  { description: 'It is told of what happens from now on.' },
);
export type AddedSubscription = Static<typeof Added>;

const Way = Type.Object(
  {
    kind: Type.Enum(['webhook', 'digest']),
    url: Type.Optional(Type.String({ pattern: '^https?://[^\\s/?#@]+([/?#][^\\s]*)?$', maxLength: 2048 })),
    recipient: Type.Optional(MailAddress),
    atHour: Type.Optional(Type.Integer({ minimum: 0, maximum: 23 })),
  },
  { additionalProperties: false },
);
const Change = Type.Object({ active: Type.Boolean() }, { additionalProperties: false });

/** Who is sent what a saved query finds: each person's own. */
export async function subscriptionRoutes(
  app: FastifyInstance,
  { db, subscriptions: access }: { db: Database; subscriptions: SubscriptionAccess },
): Promise<void> {
  const routes = app.withTypeProvider<SchemaTypes>();
  const config = { permission: 'decide' as const };
  const changes = { ...config, problems: [409] as const };
  app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));
  const accountOf = ({ visitor }: FastifyRequest) => visitor.account as Account;
  const own = async (request: FastifyRequest, id: string) => {
    const found = await findSubscription(db, accountOf(request), id);
    if (!found) throw new RequestError(404, `you have no subscription ${id}`);
    return found;
  };

  routes.get(
    '/v1/subscriptions',
    {
      config,
      schema: {
        ...said('listSubscriptions', 'One’s own subscriptions, and how they fare'),
        response: { 200: SubscriptionList },
      },
    },
    async (request) => ({
      items: (await listSubscriptions(db, accountOf(request))).map(subscriptionItem),
    }),
  );

  routes.post(
    '/v1/queries/:id/subscriptions',
    {
      config: changes,
      schema: {
        ...said('addSubscription', 'Be sent what a query finds, by webhook or mail'),
        params: QueryParams,
        body: Way,
        response: { 201: Added },
      },
    },
    async (request, reply) => {
      const { keys } = access;
      const query = await visibleQuery(db, request, request.params.id);
      if (!keys) throw new RequestError(409, 'this fleet has no "subscription-key" among its secrets');
      const way = wayOf(request.body, access);
      if (way.kind === 'webhook') refuseUnlessFollowable(query.query as FlagQuery);
      const dueAt = way.kind === 'webhook' ? new Date() : nextDigestAt(way.atHour, new Date());
      const id = await addSubscription(db, accountOf(request), { queryId: query.queryId, way, dueAt });
      if (id === undefined) throw new RequestError(409, 'you have too many subscriptions: delete some');
      return reply.code(201).send({
        subscription: subscriptionItem(await own(request, id)),
        secret: way.kind === 'webhook' ? keys.webhookKey(id) : null,
      });
    },
  );

  routes.patch(
    '/v1/subscriptions/:id',
    {
      config: changes,
      schema: {
        ...said('pauseSubscription', 'Pause a subscription, or let it go on'),
        params: Params,
        body: Change,
        response: { 200: SubscriptionItem },
      },
    },
    async (request) => {
      const subscription = await own(request, request.params.id);
      if (subscription.endedWhy === UNSUBSCRIBED) throw new RequestError(409, 'its reader has ended it: add another');
      await pauseSubscription(db, subscription, request.body.active);
      return subscriptionItem(await own(request, request.params.id));
    },
  );

  routes.delete(
    '/v1/subscriptions/:id',
    {
      config,
      schema: { ...said('deleteSubscription', 'End a subscription'), params: Params, response: { 204: NO_CONTENT } },
    },
    async (request, reply) => {
      await deleteSubscription(db, await own(request, request.params.id));
      return reply.code(204).send(null);
    },
  );
}

function wayOf(
  { kind, url, recipient, atHour }: Static<typeof Way>,
  { allowPrivateAddresses, recipientDomains }: SubscriptionAccess,
): SubscriptionWay {
  if (kind === 'webhook') {
    if (url === undefined) throw new RequestError(400, 'a webhook needs its url');
    if (!URL.canParse(url)) throw new RequestError(400, 'the url cannot be read');
    if (!url.startsWith('https:') && !allowPrivateAddresses) throw new RequestError(400, 'the url must be https');
    return { kind, url };
  }
  if (recipient === undefined) throw new RequestError(400, 'a digest needs its recipient');
  if (!recipientDomains) throw new RequestError(409, 'this fleet sends no digests: SIAGA_FEED_MAIL_FILE is not set');
  if (!mayReceive({ recipientDomains: [...recipientDomains] }, recipient)) {
    throw new RequestError(403, `digests go to mailboxes of ${recipientDomains.join(', ')} only`);
  }
  return { kind, recipient, atHour: atHour ?? null };
}

const subscriptionItem = (subscription: Subscription): SubscriptionItem => {
  const { dueAt, failingSince, sentAt, createdAt, ...rest } = subscription;
  return {
    ...rest,
    ...{ dueAt: dueAt.toISOString(), createdAt: createdAt.toISOString() },
    ...{ failingSince: failingSince?.toISOString() ?? null, sentAt: sentAt?.toISOString() ?? null },
  };
};
