import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { SettingsError } from '@siaga/runtime';
import { Webhook } from 'standardwebhooks';

/** Signs a message: the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`. */
export type Signer = (id: string, body: string) => Record<string, string>;

/** @returns whether one of the keys signed the message within the last minutes */
export type Verifier = (body: string, headers: Readonly<Record<string, unknown>>) => boolean;

/** As the specification has it, in either direction. */
const TOLERANCE_SECONDS = 5 * 60;

/** What stands before the 32 bytes of an ed25519 key in DER (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;

/**
 * Signatures after Standard Webhooks, one of each key, so that keys can be changed while the other side knows but one of
 * them: `v1` (HMAC-SHA256) of a `whsec_` key, `v1a` (ed25519) of a `whsk_` key.
 *
 * @throws SettingsError for anything else
 */
export function signerWith(keys: readonly string[]): Signer {
  const signs = keys.map((key) => {
    if (key.startsWith('whsk_')) {
      const privateKey = ed25519Key(key, (seed) =>
        createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' }),
      );
      return (id: string, at: Date, body: string) =>
        `v1a,${sign(null, Buffer.from(signedText(id, secondsOf(at), body)), privateKey).toString('base64')}`;
    }
    const webhook = sharedKey(key);
    return (id: string, at: Date, body: string) => webhook.sign(id, at, body);
  });
  return (id, body) => {
    const at = new Date();
    return {
      'webhook-id': id,
      'webhook-timestamp': String(secondsOf(at)),
      'webhook-signature': signs.map((signature) => signature(id, at, body)).join(' '),
    };
  };
}

/**
 * Takes what any of the keys has signed: a `whsec_` key that both sides have, or the `whpk_` (ed25519) key of the other's.
 *
 * @throws SettingsError for anything else
 */
export function verifierWith(keys: readonly string[]): Verifier {
  const verifiers = keys.map((key) => (key.startsWith('whpk_') ? publicVerifier(key) : sharedVerifier(key)));
  return (body, headers) => verifiers.some((isSigned) => isSigned(body, headers));
}

function sharedVerifier(key: string): Verifier {
  const webhook = sharedKey(key);
  return (body, headers) => {
    try {
      webhook.verify(body, headers as Record<string, string>, { jsonParse: false });
      return true;
    } catch {
      return false;
    }
  };
}

function publicVerifier(key: string): Verifier {
  const publicKey = ed25519Key(key, (bytes) =>
    createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' }),
  );
  return (body, headers) => {
    const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures } = headers;
    if (typeof id !== 'string' || typeof seconds !== 'string' || typeof signatures !== 'string') return false;
    if (!/^\d{1,12}$/.test(seconds) || Math.abs(Number(seconds) - Date.now() / 1000) > TOLERANCE_SECONDS) return false;
    const text = Buffer.from(signedText(id, Number(seconds), body));
    return signatures
      .split(' ')
      .filter((signature) => signature.startsWith('v1a,'))
      .some((signature) => verify(null, text, publicKey, Buffer.from(signature.slice('v1a,'.length), 'base64')));
  };
}

const signedText = (id: string, seconds: number, body: string) => `${id}.${seconds}.${body}`;
const secondsOf = (at: Date) => Math.floor(at.getTime() / 1000);

function sharedKey(key: string): Webhook {
  if (!key.startsWith('whsec_')) throw new SettingsError([`a key of webhooks starts with whsec_, whsk_ or whpk_`]);
  try {
    return new Webhook(key);
  } catch {
    throw new SettingsError(['what follows whsec_ in a key of webhooks is not base64']);
  }
}

/** A private key may be written with its public half behind it, as libsodium does. */
function ed25519Key(key: string, make: (bytes: Buffer) => KeyObject): KeyObject {
  const bytes = Buffer.from(key.slice('whsk_'.length), 'base64');
  if (bytes.length !== KEY_BYTES && !(key.startsWith('whsk_') && bytes.length === 2 * KEY_BYTES)) {
    throw new SettingsError([
      `what follows ${key.slice(0, 5)} in a key of webhooks is not ${KEY_BYTES} bytes in base64`,
    ]);
  }
  return make(bytes.subarray(0, KEY_BYTES));
}
