import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { newSecret } from '@siaga/testkit';
import { signerWith, verifierWith } from './signatures.js';

function newKeyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { d, x } = privateKey.export({ format: 'jwk' });
  const base64 = (part: string | undefined) => Buffer.from(part ?? '', 'base64url').toString('base64');
  return { secret: `whsk_${base64(d)}`, open: `whpk_${base64(x)}`, publicKey };
}

const body = '{"notice_id":"1","explanation":"“kutip” – 🤑"}';

describe('signatures of webhooks', () => {
  it('signs with every key, so that a receiver needs to know but one', () => {
    const [old, next, pair] = [newSecret(), newSecret(), newKeyPair()];
    const headers = signerWith([old, next, pair.secret])('msg-1', body);
    for (const key of [old, next]) expect(() => new Webhook(key).verify(body, headers)).not.toThrow();
    expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow();
    const [, , asymmetric = ''] = headers['webhook-signature']!.split(' ');
    const text = Buffer.from(`msg-1.${headers['webhook-timestamp']}.${body}`);
    const jwk = createPublicKey({ key: pair.publicKey.export({ format: 'jwk' }), format: 'jwk' });
    expect(asymmetric).toMatch(/^v1a,/);
    expect(verify(null, text, jwk, Buffer.from(asymmetric.slice(4), 'base64'))).toBe(true);
  });

  it('takes a private key with its public half behind it', () => {
    const { secret, open } = newKeyPair();
    const long = Buffer.concat([secret, open].map((key) => Buffer.from(key.slice(5), 'base64')));
    expect(verifierWith([open])(body, signerWith([`whsk_${long.toString('base64')}`])('m', body))).toBe(true);
  });

  it('takes what the old or the new key has signed, of either kind', () => {
    const [old, pair] = [newSecret(), newKeyPair()];
    const isSigned = verifierWith([old, pair.open]);
    expect(isSigned(body, signerWith([old])('m', body))).toBe(true);
    expect(isSigned(body, signerWith([pair.secret])('m', body))).toBe(true);
    expect(isSigned(body, signerWith([newSecret(), newKeyPair().secret])('m', body))).toBe(false);
  });

  const pair = newKeyPair();
  const shared = newSecret();
  it.each<[string, Record<string, unknown>, string?]>([
    ['another id', { 'webhook-id': 'other' }],
    ['another time', { 'webhook-timestamp': String(Math.floor(Date.now() / 1000) - 1) }],
    ['no id', { 'webhook-id': undefined }],
    ['a time that is none', { 'webhook-timestamp': '1e3' }],
    ['no signature', { 'webhook-signature': '' }],
    ['half a signature', { 'webhook-signature': 'v1a,AAAA v1,AAAA' }],
    ['another body', {}, `${body} `],
  ])('refuses %s', (_what, changed, other = body) => {
    const headers = { ...signerWith([shared, pair.secret])('msg-1', body), ...changed };
    for (const key of [shared, pair.open]) expect(verifierWith([key])(other, headers)).toBe(false);
  });

  it('refuses what was signed six minutes ago', () => {
    const real = Date.now;
    const headers = signerWith([shared, pair.secret])('msg-1', body);
    try {
      for (const minutes of [6, -6]) {
        Date.now = () => real() + minutes * 60_000;
        for (const key of [shared, pair.open]) expect(verifierWith([key])(body, headers)).toBe(false);
      }
    } finally {
      Date.now = real;
    }
  });

  it.each(['password', 'whsk_AAAA', 'whpk_AAAA', 'whsec_', `whpk_${Buffer.alloc(64).toString('base64')}`])(
    'refuses %s as a key',
    (key) => {
      expect(() => verifierWith([key.replace('whsk_', 'whpk_')])).toThrow(/key of webhooks/);
      expect(() => signerWith([key])).toThrow(/key of webhooks/);
    },
  );
});
