import Type, { type Static, type TObject } from 'typebox';
import { tracingSettings } from './tracing.js';

const brokers = Type.String({ minLength: 3, description: 'Kafka bootstrap addresses, host:port separated by commas' });
const databaseUrl = Type.String({ pattern: '^postgres(ql)?://', description: 'postgres://user@host:port/database' });

/** What every service takes. */
export const processSettings = {
  ...tracingSettings,
  SIAGA_OPS_PORT: Type.Integer({ minimum: 0, maximum: 65535, description: 'port of /livez, /readyz and /metrics' }),
  SIAGA_OPS_HOST: Type.String({ default: '127.0.0.1', description: 'address that port listens on' }),
  SIAGA_LOG_LEVEL: Type.Union(
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => Type.Literal(level)),
    { default: 'info', description: 'trace, debug, info, warn, error or fatal' },
  ),
  SIAGA_WATCHED_FOLDERS: Type.String({
    default: '',
    description: 'folders, separated by commas, whose file systems are measured for siaga_disk_free_bytes',
  }),
};

/** How Kafka's clients prove who they are and know whom they speak to; nothing is needed on a machine of one's own. */
export const kafkaSecuritySettings = {
  SIAGA_KAFKA_TLS: Type.Boolean({
    default: false,
    description: 'true speaks TLS to the brokers, and trusts the authorities that Node trusts',
  }),
  SIAGA_KAFKA_TLS_CA: Type.Optional(
    Type.String({
      minLength: 1,
      description: "PEM file of the authorities behind the brokers' certificates; turns TLS on",
    }),
  ),
  SIAGA_KAFKA_SASL_MECHANISM: Type.Optional(
    Type.Union([Type.Literal('scram-sha-512'), Type.Literal('scram-sha-256'), Type.Literal('plain')], {
      description: 'scram-sha-512, scram-sha-256, or plain over TLS; nobody signs in if unset',
    }),
  ),
  SIAGA_KAFKA_SASL_USER: Type.Optional(Type.String({ minLength: 1, description: 'who signs in to Kafka' })),
  SIAGA_KAFKA_SASL_PASSWORD_FILE: Type.Optional(
    Type.String({ minLength: 1, description: "file that holds that user's password and nothing else" }),
  ),
};

export type KafkaSecuritySettings = Static<TObject<typeof kafkaSecuritySettings>>;

export const kafkaSettings = {
  SIAGA_KAFKA_BROKERS: brokers,
  ...kafkaSecuritySettings,
  SIAGA_TOPIC_PREFIX: Type.String({
    default: 'siaga',
    pattern: '^[a-zA-Z0-9._-]{1,100}$',
    description: "first part of the topics' and consumer groups' names",
  }),
};

export const databaseSettings = {
  SIAGA_DATABASE_URL: databaseUrl,
  SIAGA_DATABASE_PASSWORD_FILE: Type.Optional(
    Type.String({ minLength: 1, description: 'file that holds the password for that address and nothing else' }),
  ),
};

export type DatabaseSettings = Static<TObject<typeof databaseSettings>>;
