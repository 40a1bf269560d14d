import Fastify, { type FastifyError, type FastifyInstance, type RouteOptions } from 'fastify';
import type { Logger } from '@siaga/runtime';
import type { Database } from '@siaga/storage';
import { describeApi } from './api-document/describe-api.js';
import { controlAccess, DEFAULT_ACCESS, type AccessOptions } from './auth/access.js';
import { identityProvider } from './auth/oidc/identity-provider.js';
import { oidcRoutes } from './auth/oidc/oidc-routes.js';
import type { OidcOptions } from './auth/oidc/oidc-settings.js';
import { sessionRoutes } from './auth/session-routes.js';
import { accountRoutes } from './auth/account-routes.js';
import { tokenRoutes } from './auth/token-routes.js';
import { requestChecks } from './check-requests.js';
import type { DecisionRules } from './decisions/make-decision.js';
import type { Live } from './live/live.js';
import type { FeedMetrics } from './metrics.js';
import { answerError, answerProblems, answerUnreadable } from './problem.js';
import { apiDocumentRoutes } from './routes/api-document.js';
import { campaignRoutes } from './routes/campaign.js';
import { campaignListRoutes } from './routes/campaigns.js';
import { chartRoutes } from './routes/charts.js';
import { claimRoutes } from './routes/claims.js';
import { agreementRoutes } from './routes/agreement.js';
import { consoleRoutes } from './routes/console.js';
import { decisionListRoutes } from './routes/decision-list.js';
import { decisionRoutes } from './routes/decisions.js';
import { flagFormatRoutes } from './routes/flag-formats.js';
import { deliveryRoutes } from './routes/deliveries.js';
import { flagRoutes } from './routes/flags.js';
import { noticeRoutes } from './routes/notices.js';
import { opsRoutes } from './routes/ops.js';
import { platformNoticeRoutes } from './routes/platform-notices.js';
import { recallRoutes } from './routes/recall.js';
import { savedQueryFlagRoutes } from './routes/saved-query-flags.js';
import { savedQueryRoutes } from './routes/saved-queries.js';
import { reportRoutes } from './routes/report.js';
import { rumourRoutes } from './routes/rumours.js';
import { sendingRoutes } from './routes/sending.js';
import { sourceRoutes } from './routes/sources.js';
import { streamRoutes } from './routes/stream.js';
import { subscriptionRoutes, type SubscriptionAccess } from './routes/subscriptions.js';
import { summaryRoutes } from './routes/summary.js';
import { unsubscribeRoutes } from './routes/unsubscribe.js';
import type { ReportSettings } from './report/reports.js';
import { SECURITY_HEADERS } from './security-headers.js';
import { TIME_ZONE } from './settings.js';

export interface AppOptions {
  readonly db: Database;
  readonly live: Live;
  readonly log: Logger;
  readonly metrics: FeedMetrics;
  /** Folder of the built console; without one only the API is served. */
  readonly consoleDir?: string;
  /** Who gets in; when not given, only those who sign in or have a token. */
  readonly access?: AccessOptions;
  /** What may be sent to subscribers; nothing when not given. */
  readonly subscriptions?: SubscriptionAccess;
  /** Who signs people in beside the links, if somebody does. */
  readonly oidc?: OidcOptions | undefined;
  /** What decisions go by; without a second review when not given. */
  readonly decisions?: DecisionRules;
  /** The proxies before it, by address: what they say of who asks is believed. */
  readonly trustProxy?: string | undefined;
  /** Of the transparency report. */
  readonly report?: ReportSettings;
  /** Where the fleet's figures over time are, if anywhere. */
  readonly prometheusUrl?: string | undefined;
  /** Hears of every route, for the test that tries them all. */
  readonly onRoute?: (route: RouteOptions) => void;
}

/** The analysts' API, live stream and console, ready to listen or to be injected. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { db, live, log, metrics, consoleDir, access = DEFAULT_ACCESS, oidc } = options;
  const { decisions = { publisher: 'Siaga', publicUrl: access.publicUrl, secondReviewShare: 0 } } = options;
  const app = Fastify({
    forceCloseConnections: true,
    requestTimeout: 30_000,
    trustProxy: options.trustProxy ?? false,
    routerOptions: { maxParamLength: 600 },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error: FastifyError, request, reply) => void answerError(error, request, reply, log),
  });
  app.setValidatorCompiler(requestChecks());
  app.addHook('onRequest', async (_request, reply) => void reply.headers(SECURITY_HEADERS));
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    if (route.endsWith('/stream') && reply.statusCode === 200) return;
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    metrics.requestSeconds.observe({ route, status }, reply.elapsedTime / 1000);
  });
  if (options.onRoute) app.addHook('onRoute', options.onRoute);
  // Before the server stops: streams never end by themselves.
  app.addHook('preClose', async () => live.close());
  answerProblems(app, log);
  await controlAccess(app, db, access);
  await describeApi(app, access);
  const provider = oidc && identityProvider(oidc);
  const identity = oidc && provider && { ...provider, label: oidc.label, issuer: oidc.issuer.href };
  await app.register(sessionRoutes, { db, access, identity });
  if (oidc && provider) await app.register(oidcRoutes, { db, access, oidc, provider, log });
  await app.register(tokenRoutes, { db });
  await app.register(accountRoutes, { db, access });
  await app.register(flagRoutes, { db });
  await app.register(flagFormatRoutes, { db });
  await app.register(savedQueryRoutes, { db, access });
  await app.register(savedQueryFlagRoutes, { db, live });
  const { subscriptions = { allowPrivateAddresses: false } } = options;
  await app.register(subscriptionRoutes, { db, subscriptions });
  await app.register(unsubscribeRoutes, { db, keys: subscriptions.keys });
  await app.register(summaryRoutes, { db });
  await app.register(recallRoutes, { db });
  await app.register(chartRoutes, { db });
  await app.register(reportRoutes, { db, settings: options.report ?? { timeZone: TIME_ZONE } });
  await app.register(opsRoutes, { prometheusUrl: options.prometheusUrl, log });
  await app.register(claimRoutes, { db });
  await app.register(rumourRoutes, { db, desk: decisions });
  await app.register(decisionRoutes, { db, rules: decisions });
  await app.register(campaignListRoutes, { db });
  await app.register(campaignRoutes, { db });
  await app.register(agreementRoutes, { db });
  await app.register(decisionListRoutes, { db });
  await app.register(sourceRoutes, { db });
  await app.register(sendingRoutes, { db });
  await app.register(noticeRoutes, { db });
  await app.register(deliveryRoutes, { db });
  await app.register(platformNoticeRoutes, { db, metrics });
  await app.register(streamRoutes, { live });
  await app.register(apiDocumentRoutes);
  if (consoleDir !== undefined) await app.register(consoleRoutes, { consoleDir, log });
  return app;
}
