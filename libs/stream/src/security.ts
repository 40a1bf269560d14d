import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { SettingsError, type KafkaSecuritySettings, type Logger } from '@siaga/runtime';
import type { StreamOptions } from './client.js';
import type { SASLOptions } from './kafkajs.js';

/** As kafkajs takes it. */
export interface StreamSecurity {
  readonly ssl?: ConnectionOptions | true;
  readonly sasl?: SASLOptions;
}

/**
 * How a program reaches Kafka, by its settings. The files are read once: a certificate or a password that was changed counts from
 * the next start.
 *
 * @throws SettingsError for what does not fit together, and for files that cannot be read
 */
export function streamOptions(
  settings: { readonly SIAGA_KAFKA_BROKERS: string } & KafkaSecuritySettings,
  clientId: string,
  log: Logger,
): StreamOptions {
  return { brokers: settings.SIAGA_KAFKA_BROKERS, clientId, log, security: securityOf(settings) };
}

function securityOf(settings: KafkaSecuritySettings): StreamSecurity {
  const { SIAGA_KAFKA_TLS_CA: caFile, SIAGA_KAFKA_SASL_MECHANISM: mechanism } = settings;
  const ssl = caFile === undefined ? settings.SIAGA_KAFKA_TLS || undefined : { ca: readSetting('TLS_CA', caFile) };
  const { SIAGA_KAFKA_SASL_USER: username, SIAGA_KAFKA_SASL_PASSWORD_FILE: passwordFile } = settings;
  const given = [mechanism, username, passwordFile].filter((value) => value !== undefined).length;
  if (given === 0) return ssl ? { ssl } : {};
  if (mechanism === undefined || username === undefined || passwordFile === undefined) {
    throw new SettingsError([
      'SIAGA_KAFKA_SASL_MECHANISM, SIAGA_KAFKA_SASL_USER and SIAGA_KAFKA_SASL_PASSWORD_FILE belong together: set all three or none',
    ]);
  }
  if (mechanism === 'plain' && !ssl) {
    throw new SettingsError(['SIAGA_KAFKA_SASL_MECHANISM plain needs TLS: the password would travel as it is']);
  }
  // A file that an editor wrote ends with a line break, which is no part of the password.
  const password = readSetting('SASL_PASSWORD_FILE', passwordFile).replace(/\r?\n$/, '');
  if (password === '') throw new SettingsError([`SIAGA_KAFKA_SASL_PASSWORD_FILE ${passwordFile} is empty`]);
  return { ...(ssl ? { ssl } : {}), sasl: { mechanism, username, password } as SASLOptions };
}

function readSetting(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettingsError([`SIAGA_KAFKA_${setting} cannot be read: ${(error as Error).message}`]);
  }
}
