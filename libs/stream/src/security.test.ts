import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createLogger, kafkaSettings, readSettings } from '@siaga/runtime';
import Type from 'typebox';
import { streamOptions } from './security.js';

const folder = mkdtempSync(path.join(tmpdir(), 'siaga-security-'));
const file = (name: string, content: string) => {
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
};
const security = (env: Record<string, string>) => {
  const settings = readSettings(Type.Object(kafkaSettings), { SIAGA_KAFKA_BROKERS: 'kafka:9092', ...env });
  return streamOptions(settings, 'test', createLogger('test', 'silent')).security;
};
const SIGNED_IN = { SIAGA_KAFKA_SASL_MECHANISM: 'scram-sha-512', SIAGA_KAFKA_SASL_USER: 'siaga-ingest' };

describe("the settings of Kafka's security", () => {
  it('are none unless given', () => {
    expect(security({})).toEqual({});
    expect(security({ SIAGA_KAFKA_TLS: 'true' })).toEqual({ ssl: true });
  });

  it('take the authority and the password from files', () => {
    const env = {
      ...SIGNED_IN,
      SIAGA_KAFKA_TLS_CA: file('ca.pem', 'PEM'),
      SIAGA_KAFKA_SASL_PASSWORD_FILE: file('password', 'sandi \n'),
    };
    expect(security(env)).toEqual({
      ssl: { ca: 'PEM' },
      sasl: { mechanism: 'scram-sha-512', username: 'siaga-ingest', password: 'sandi ' },
    });
  });

  it('are refused where they do not fit together', () => {
    expect(() => security(SIGNED_IN)).toThrow('set all three or none');
    expect(() => security({ ...SIGNED_IN, SIAGA_KAFKA_SASL_PASSWORD_FILE: file('empty', '\n') })).toThrow('is empty');
    expect(() => security({ SIAGA_KAFKA_TLS_CA: path.join(folder, 'none') })).toThrow(
      'SIAGA_KAFKA_TLS_CA cannot be read',
    );
    const plain = { ...SIGNED_IN, SIAGA_KAFKA_SASL_MECHANISM: 'plain' };
    expect(() => security({ ...plain, SIAGA_KAFKA_SASL_PASSWORD_FILE: file('password', 'x') })).toThrow('needs TLS');
  });
});
