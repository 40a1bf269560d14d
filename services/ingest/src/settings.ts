import { databaseSettings, kafkaSettings } from '@siaga/runtime';
import Type, { type Static } from 'typebox';

export const Settings = Type.Object({
  ...kafkaSettings,
  ...databaseSettings,
  SIAGA_SOURCES_FILE: Type.String({ minLength: 1, description: 'YAML file that lists the sources' }),
  SIAGA_SECRETS_FILE: Type.String({ minLength: 1, description: 'JSON file of secrets; ingest needs "author-key"' }),
  SIAGA_WORKER_ID: Type.Optional(
    Type.String({
      pattern: '^[\\w.-]{1,100}$',
      description:
        'names this worker among those that share the sources; stable over restarts, else its leases must run out first',
    }),
  ),
  SIAGA_PUSH_PORT: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 65535, description: 'port of POST /v1/posts for sources of kind push' }),
  ),
  SIAGA_PUSH_HOST: Type.String({ default: '127.0.0.1', description: 'address that port listens on' }),
  SIAGA_CANARY_SECONDS: Type.Integer({
    ...{ default: 0, minimum: 0, maximum: 3_600 },
    description:
      'how often a synthetic post is sent through the live path to measure it, 60 where alerts are; 0 for never',
  }),
  SIAGA_ALLOW_PRIVATE_ADDRESSES: Type.Boolean({
    default: false,
    description: 'true lets sources be fetched from private and loopback addresses: for tests and closed networks',
  }),
});
export type Settings = Static<typeof Settings>;
