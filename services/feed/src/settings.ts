import { databaseSettings } from '@siaga/runtime';
import Type, { type Static } from 'typebox';
import { oidcSettings } from './auth/oidc/oidc-settings.js';

/** Whose months are reported on, unless a setting says so. */
export const TIME_ZONE = 'Asia/Jakarta';

export const Settings = Type.Object({
  ...databaseSettings,
  SIAGA_FEED_PORT: Type.Integer({
    minimum: 0,
    maximum: 65535,
    default: 3000,
    description: 'port of the API and console',
  }),
  SIAGA_FEED_HOST: Type.String({ default: '127.0.0.1', description: 'address that port listens on' }),
  SIAGA_FEED_STREAM_CLIENTS: Type.Integer({
    minimum: 1,
    maximum: 100_000,
    default: 2000,
    description: 'live streams served at once; the next client is asked to come back later',
  }),
  SIAGA_FEED_ANONYMOUS: Type.Union([Type.Literal('nobody'), Type.Literal('viewer')], {
    default: 'nobody',
    description: 'what people may who have not signed in: nobody (nothing) or viewer (read)',
  }),
  SIAGA_FEED_PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#@]+/?$',
      description:
        'where people reach the console, such as https://siaga.example.org; with https its cookies are secure',
    }),
  ),
  SIAGA_FEED_TRUST_PROXY: Type.Optional(
    Type.String({ description: 'addresses or networks of the proxies before it, separated by commas' }),
  ),
  SIAGA_SECRETS_FILE: Type.Optional(
    Type.String({
      description: 'JSON file of secrets; subscriptions need its "subscription-key", OpenID Connect its "oidc-client"',
    }),
  ),
  SIAGA_FEED_MAIL_FILE: Type.Optional(
    Type.String({
      description: 'YAML file of the mail server and the domains that digests go to; none leave without it',
    }),
  ),
  SIAGA_ALLOW_PRIVATE_ADDRESSES: Type.Boolean({
    default: false,
    description: 'true lets webhooks go to private and loopback addresses: for tests and closed networks',
  }),
  ...oidcSettings,
  SIAGA_FEED_SECOND_REVIEW_SHARE: Type.Number({
    minimum: 0,
    maximum: 1,
    default: 0,
    description: 'share of flags and campaigns that count as decided only when a second account has judged them unseen',
  }),
  SIAGA_FEED_PUBLISHER: Type.String({
    ...{ minLength: 1, maxLength: 200, default: 'Siaga' },
    description: 'who is named as the checker of the hoaxes that people mark here',
  }),
  SIAGA_FEED_PROMETHEUS_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^\\s?#]+$',
      description:
        "the fleet's Prometheus, for the operations view of the console; without one it says that there is none",
    }),
  ),
  SIAGA_FEED_REQUESTS_A_MINUTE: Type.Integer({
    minimum: 1,
    default: 3_000,
    description: 'of one account, or of one address where nobody is signed in',
  }),
  SIAGA_TIME_ZONE: Type.String({
    default: TIME_ZONE,
    description: 'whose months are reported on, such as Asia/Makassar; one of whole hours',
  }),
  CHROMIUM_PATH: Type.Optional(
    Type.String({ description: 'the Chromium or Chrome that prints reports, if not the one on PATH' }),
  ),
  PATH: Type.Optional(Type.String({ description: 'where a Chromium is looked for' })),
});
export type Settings = Static<typeof Settings>;
