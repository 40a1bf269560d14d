import type { Logger } from '@siaga/runtime';
import { Kafka, logLevel, type logCreator } from './kafkajs.js';
import { hangingUp } from './hanging-up.js';
import type { StreamSecurity } from './security.js';

/** Waits out a broker restart (4-5 s measured on one node) several times over before giving up. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 2_000, retries: 25 };

export interface StreamOptions {
  /** `host:port`, separated by commas. */
  readonly brokers: string;
  readonly clientId: string;
  readonly log: Logger;
  /** Neither encrypted nor signed in unless given. */
  readonly security?: StreamSecurity;
  /** How often a request is tried again; enough to wait out a broker's restart unless given. */
  readonly retries?: number;
}

/** Long for a broker that lives; JoinGroup, which may take longer, has a longer one of kafkajs' own. */
const REQUEST_TIMEOUT_MS = 15_000;

export function kafkaClient({
  brokers,
  clientId,
  log,
  security,
  retries = RETRY.retries,
}: StreamOptions): Pick<Kafka, 'producer' | 'consumer' | 'admin'> {
  const connections = hangingUp();
  const kafka = new Kafka({
    socketFactory: connections.socketFactory,
    clientId,
    ...security,
    brokers: brokers.split(',').map((broker) => broker.trim()),
    retry: { ...RETRY, retries },
    connectionTimeout: 3_000,
    requestTimeout: REQUEST_TIMEOUT_MS,
    logLevel: logLevel.WARN,
    logCreator: toPino(log.child({ client: 'kafkajs' })),
  });
  return {
    producer: (config) => connections.watch(kafka.producer(config)),
    consumer: (config) => connections.watch(kafka.consumer(config)),
    admin: (config) => connections.watch(kafka.admin(config)),
  };
}

/**
 * One level down for all that kafkajs says: it calls an error what it then tries again by itself. Its connections
 * report every attempt while a broker is away; only what a consumer says is worth a line.
 */
const toPino =
  (log: Logger): logCreator =>
  () =>
  ({ namespace, level, log: entry }) => {
    const fields = { namespace, detail: entry.message, error: entry.error, topic: entry.topic, groupId: entry.groupId };
    if (level <= logLevel.ERROR && namespace === 'Consumer') log.warn(fields, 'kafka client');
    else log.debug(fields, 'kafka client');
  };
