import Type from 'typebox';

const brokers = Type.String({ minLength: 3, description: 'Kafka bootstrap addresses, host:port separated by commas' });
const databaseUrl = Type.String({ pattern: '^postgres(ql)?://', description: 'postgres://user@host:port/database' });

/** What every service takes. */
export const processSettings = {
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

export const kafkaSettings = {
  SIAGA_KAFKA_BROKERS: brokers,
  SIAGA_TOPIC_PREFIX: Type.String({
    default: 'siaga',
    pattern: '^[a-zA-Z0-9._-]{1,100}$',
    description: "first part of the topics' and consumer groups' names",
  }),
};

export const databaseSettings = { SIAGA_DATABASE_URL: databaseUrl };
