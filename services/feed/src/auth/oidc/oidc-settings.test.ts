import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readSettings, SettingsError } from '@siaga/runtime';
import { Settings } from '../../settings.js';
import { oidcOf } from './oidc-settings.js';

const secrets = path.join(mkdtempSync(path.join(tmpdir(), 'siaga-oidc-')), 'secrets.json');
writeFileSync(secrets, JSON.stringify({ 'oidc-client': 'rahasia' }));

const WHOLE = {
  SIAGA_DATABASE_URL: 'postgres://a/b',
  SIAGA_FEED_PORT: '0',
  SIAGA_FEED_OIDC_ISSUER: 'https://id.contoh.invalid/realms/meja',
  SIAGA_FEED_OIDC_CLIENT_ID: 'siaga',
  SIAGA_FEED_PUBLIC_URL: 'https://siaga.contoh.invalid',
  SIAGA_SECRETS_FILE: secrets,
  SIAGA_FEED_OIDC_ROLES: '{"meja": "analyst"}',
};
const read = (env: Record<string, string>) => oidcOf(readSettings(Settings, { ...WHOLE, ...env }));
const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    read(env);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
};

describe('the settings of an identity provider', () => {
  it('are none without an issuer', () => {
    expect(read({ SIAGA_FEED_OIDC_ISSUER: '' })).toBeUndefined();
  });

  it('are taken whole, the secret from its file', () => {
    const oidc = read({});
    expect(oidc).toMatchObject({
      clientSecret: 'rahasia',
      label: 'SSO',
      claims: { role: 'groups', defaultRole: null },
    });
    expect([...(oidc?.claims.roles ?? [])]).toEqual([['meja', 'analyst']]);
  });

  it('are refused with every fault at once', () => {
    const nothing = { SIAGA_FEED_OIDC_CLIENT_ID: '', SIAGA_FEED_PUBLIC_URL: '', SIAGA_SECRETS_FILE: '' };
    const faults = faultsOf({
      ...nothing,
      SIAGA_FEED_OIDC_ISSUER: 'http://id.contoh.invalid',
      SIAGA_FEED_OIDC_ROLES: '',
    });
    expect(faults.map((fault) => /^SIAGA_\w+/.exec(fault)?.[0])).toEqual([
      ...['SIAGA_FEED_OIDC_ISSUER', 'SIAGA_FEED_OIDC_CLIENT_ID', 'SIAGA_FEED_PUBLIC_URL', 'SIAGA_SECRETS_FILE'],
      'SIAGA_FEED_OIDC_ROLES',
    ]);
  });

  it.each([
    [{ SIAGA_FEED_OIDC_ROLES: '{"meja": "boss"}' }],
    [{ SIAGA_FEED_OIDC_ROLES: '["meja"]' }],
    [{ SIAGA_FEED_OIDC_ROLES: 'meja=analyst' }],
    [{ SIAGA_SECRETS_FILE: '/there/is/none' }],
    [{ SIAGA_FEED_OIDC_SCOPE: 'profile' }],
  ])('are refused with %j', (env: Record<string, string>) => {
    expect(faultsOf(env)).toHaveLength(1);
  });

  it.each(['http://127.0.0.1:9', 'http://localhost:9/x'])('may name %s, which is this machine', (issuer) => {
    expect(read({ SIAGA_FEED_OIDC_ISSUER: issuer })?.issuer.href).toBe(new URL(issuer).href);
  });
});
