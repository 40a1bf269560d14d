import { html } from '@siaga/outgoing';
import { endSubscription, type Database } from '@siaga/storage';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { answerIn } from '../api-document/answers.js';
import { PathId } from '../fields.js';
import { RequestError } from '../problem.js';
import { said } from './saved-queries.js';
import type { SchemaTypes } from '../schema-types.js';
import { SECURITY_HEADERS } from '../security-headers.js';
import type { SubscriptionKeys } from '../subscriptions/keys.js';

const Params = Type.Object({
  id: PathId('the subscription'),
  token: Type.String({ pattern: '^[\\w-]{43}$', description: 'as the digest has it' }),
});

/** Why a subscription ended that its reader wants no more. */
export const UNSUBSCRIBED = 'unsubscribed by its reader';

const FORM_BYTES = 1024;

/** Ends a digest for who has the link of one: by a click in the mail program (RFC 8058) or on the page of the link. */
export async function unsubscribeRoutes(
  app: FastifyInstance,
  { db, keys }: { db: Database; keys: SubscriptionKeys | undefined },
): Promise<void> {
  const routes = app.withTypeProvider<SchemaTypes>();
  const schema = (operationId: string, summary: string, description: string) => ({
    ...{ ...said(operationId, summary), params: Params, response: { 200: answerIn('text/html', description) } },
  });
  const config = { permission: 'public' as const };
  // What it says is known: List-Unsubscribe=One-Click.
  app.addContentTypeParser(
    ['application/x-www-form-urlencoded', 'multipart/form-data'],
    { parseAs: 'buffer', bodyLimit: FORM_BYTES },
    (_request, _body, done) => done(null, undefined),
  );
  app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));
  const refuseUnlessGood = ({ id, token }: { id: string; token: string }) => {
    if (!keys?.isUnsubscribeToken(id, token)) throw new RequestError(404, 'there is nothing at this address');
  };

  // Changes nothing: scanners of mail follow every link.
  routes.get(
    '/v1/unsubscribe/:id/:token',
    { config, schema: schema('askToUnsubscribe', 'Where the reader of a digest ends it', 'A page with one button.') },
    async ({ params }, reply) => {
      refuseUnlessGood(params);
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', FORM_POLICY)
        .send(
          pageOf(
            html`<form method="post">
              <p>Berhenti menerima ringkasan ini?</p>
              <button>Berhenti</button>
            </form>`,
          ),
        );
    },
  );
  routes.post(
    '/v1/unsubscribe/:id/:token',
    { config, schema: schema('unsubscribe', 'End a digest (RFC 8058)', 'A page that says so.') },
    async ({ params }, reply) => {
      refuseUnlessGood(params);
      await endSubscription(db, params.id, UNSUBSCRIBED);
      return reply.type('text/html; charset=utf-8').send(pageOf(html`<p>Ringkasan tidak akan dikirim lagi.</p>`));
    },
  );
}

const FORM_POLICY = SECURITY_HEADERS['content-security-policy'].replace("form-action 'none'", "form-action 'self'");

const pageOf = (content: ReturnType<typeof html>): string =>
  html`<!doctype html>
    <html lang="id">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Siaga</title>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html>`.markup;
