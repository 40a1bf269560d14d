import { createPrivateKey } from 'node:crypto';
import { OutboundError, SettingsError, type Connect, type Secrets } from '@siaga/runtime';
import Type, { type Static } from 'typebox';
import type { LinkMaker } from '../../answer-links.js';
import type { Notice } from '../../notice.js';
import { askInVain, makeCalls, type CallResult } from '../calls.js';
import type { Channel, ChannelContext } from '../channel.js';
import { entryOf } from '../fields.js';
import { letterOf } from './letter.js';
import { composeMail, handOver, type ComposedMail, type Dkim, type MailServer } from './smtp.js';

const HostName = Type.String({ pattern: '^[A-Za-z0-9.:-]+$', maxLength: 253 });
const Address = Type.String({ pattern: '^[^@\\s<>()\\[\\],;:"\\\\\\x00-\\x1f]+@[A-Za-z0-9.-]+$', maxLength: 254 });

export const EmailEntry = entryOf('email', {
  /** The mail server that we hand our mail to. */
  host: HostName,
  port: Type.Integer({ minimum: 1, maximum: 65_535, default: 587 }),
  /** TLS from the first byte, as on port 465. */
  secure: Type.Boolean({ default: false }),
  /** False lets mail leave unencrypted where the server offers nothing else. */
  requireTls: Type.Boolean({ default: true }),
  /** Names of the secrets that we log in with. */
  login: Type.Optional(Type.Object({ user: Type.String(), password: Type.String() }, { additionalProperties: false })),
  from: Address,
  to: Type.Array(Address, { minItems: 1, maxItems: 10 }),
  /** The notifier's address when not given. */
  replyTo: Type.Optional(Address),
  /** Signs the mail; `key` is the name of the secret with the private key, RSA as PEM. */
  dkim: Type.Optional(
    Type.Object(
      { domain: HostName, selector: Type.String({ pattern: '^[A-Za-z0-9._-]+$', maxLength: 63 }), key: Type.String() },
      { additionalProperties: false },
    ),
  ),
});

/** What this channel needs besides the web. */
export interface MailContext extends ChannelContext {
  readonly connect: Connect;
  /** Made when a mail is, so that the secret of the link is in the mail and nowhere else. */
  readonly answerLink: LinkMaker;
}

/** With the time to connect, below the dispatcher's lease. */
const HAND_OVER_TIMEOUT_MS = 10_000;

/**
 * Mail to a platform that has no other way, in text and HTML. The server's word is that it has taken the mail, not that anybody
 * has read it. A mailbox does not promise to know a mail again by its Message-ID: what may have arrived is for a person.
 */
export function emailChannel(
  { host, port, secure, requireTls, login, from, to, replyTo, dkim }: Static<typeof EmailEntry>,
  { secrets, connect, answerLink }: MailContext,
): Channel {
  const domain = from.slice(from.indexOf('@') + 1);
  const server: MailServer = {
    ...{ host, port, secure, requireTls, name: domain },
    ...(login ? { login: { user: secrets.get(login.user), password: secrets.get(login.password) } } : {}),
  };
  const signing = dkim && dkimWith(dkim, secrets);

  const compose = async (notice: Notice, deliveryId: string): Promise<ComposedMail> => {
    const { notifier, notice_id: noticeId } = notice;
    const name = inOneLine(notifier.name);
    return composeMail(
      {
        from: { name, address: from },
        to,
        replyTo: { name, address: replyTo ?? notifier.email },
        // The same on every attempt, and all mail about a notice is one thread.
        messageId: `<${deliveryId}@${domain}>`,
        references: `<${noticeId}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...letterOf(notice, await answerLink(noticeId)),
      },
      signing,
    );
  };

  async function mail(composed: ComposedMail): Promise<CallResult> {
    let socket;
    try {
      socket = await connect(host, port);
    } catch (error) {
      return { kind: error instanceof OutboundError ? 'failed' : 'retry', error: (error as Error).message };
    }
    return handOver(socket, server, composed, HAND_OVER_TIMEOUT_MS);
  }

  return {
    deduplicates: false,
    send: (parcel) =>
      makeCalls(parcel, [`mail ${parcel.deliveryId}`], async function* (items) {
        if (items.length === 0) return;
        // What may go wrong in here happens before the call has begun.
        const composed = await compose(JSON.parse(parcel.payload) as Notice, parcel.deliveryId);
        yield { items, make: () => mail(composed) };
      }),
    ask: askInVain,
  };
}

/** @throws SettingsError when the key cannot sign */
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

const inOneLine = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
