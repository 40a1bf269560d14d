import { createPrivateKey } from 'node:crypto';
import { OutboundError, SettingsError, type Connect, type Secrets } from '@siaga/runtime';
import Type, { type Static } from 'typebox';
import { retry, type SendResult } from './send-result.js';
import { handOver, type ComposedMail, type Dkim, type MailServer } from './smtp.js';

const HostName = Type.String({ pattern: '^[A-Za-z0-9.:-]+$', maxLength: 253 });

/** One address of a mailbox, and nothing that a header would read as more. */
export const MailAddress = Type.String({
  pattern: '^[^@\\s<>()\\[\\],;:"\\\\\\x00-\\x1f]+@[A-Za-z0-9.-]+$',
  maxLength: 254,
});

/** The fields by which settings name the mail server that we hand our mail to. */
export const mailServerFields = {
  host: HostName,
  port: Type.Integer({ minimum: 1, maximum: 65_535, default: 587 }),
  /** TLS from the first byte, as on port 465. */
  secure: Type.Boolean({ default: false }),
  /** False lets mail leave unencrypted where the server offers nothing else. */
  requireTls: Type.Boolean({ default: true }),
  /** Names of the secrets that we log in with. */
  login: Type.Optional(Type.Object({ user: Type.String(), password: Type.String() }, { additionalProperties: false })),
  from: MailAddress,
  /** Signs the mail; `key` is the name of the secret with the private key, RSA as PEM. */
  dkim: Type.Optional(
    Type.Object(
      { domain: HostName, selector: Type.String({ pattern: '^[A-Za-z0-9._-]+$', maxLength: 63 }), key: Type.String() },
      { additionalProperties: false },
    ),
  ),
};

/** The whole of it, where nothing else is said of the way. */
export const MailServerEntry = Type.Object(mailServerFields);

/** With the time to connect, below the lease of whoever sends. */
const HAND_OVER_TIMEOUT_MS = 10_000;

/** A mail server as we use it. */
export interface Mailer {
  /** Of our own address: behind the @ of what we call our mails. */
  readonly domain: string;
  /** Signs our mail, where there is a key. */
  readonly dkim: Dkim | undefined;
  /** Does not throw for what the other side does. */
  send(composed: ComposedMail): Promise<SendResult>;
}

/** @throws SettingsError when a secret is missing, or a key cannot sign */
export function mailerOf(
  { host, port, secure, requireTls, login, from, dkim }: Static<typeof MailServerEntry>,
  { secrets, connect }: { readonly secrets: Secrets; readonly connect: Connect },
): Mailer {
  const domain = from.slice(from.indexOf('@') + 1);
  const server: MailServer = {
    ...{ host, port, secure, requireTls, name: domain },
    ...(login ? { login: { user: secrets.get(login.user), password: secrets.get(login.password) } } : {}),
  };
  return {
    domain,
    dkim: dkim && dkimWith(dkim, secrets),
    async send(composed) {
      let socket;
      try {
        socket = await connect(host, port);
      } catch (error) {
        const { message } = error as Error;
        return error instanceof OutboundError ? { kind: 'failed', error: message } : retry(message, undefined);
      }
      return handOver(socket, server, composed, HAND_OVER_TIMEOUT_MS);
    },
  };
}

function dkimWith(
  { domain, selector, key }: { domain: string; selector: string; key: string },
  secrets: Secrets,
): Dkim {
  const privateKey = secrets.get(key);
  try {
    if (createPrivateKey(privateKey).asymmetricKeyType === 'rsa') return { domain, selector, privateKey };
  } catch {
    // Said below.
  }
  throw new SettingsError([`secret "${key}" must be the RSA private key of ${selector}._domainkey.${domain}, as PEM`]);
}
