import { mailerOf } from '@siaga/outgoing';
import {
  outboundClient,
  outboundConnector,
  readSecrets,
  readYamlFile,
  SettingsError,
  startRepeating,
  type Secrets,
  type Service,
} from '@siaga/runtime';
import type { Database } from '@siaga/storage';
import type { FeedMetrics } from '../metrics.js';
import type { SubscriptionAccess } from '../routes/subscriptions.js';
import type { Settings } from '../settings.js';
import { subscriptionKeys } from './keys.js';
import type { DigestPost } from './send-digest.js';
import { sendOne } from './send-subscriptions.js';
import { SubscriptionMail } from './subscription-mail.js';

const USER_AGENT = 'Siaga/0.1 (webhooks of saved queries)';
/** With the time to connect, well below the lease of a subscription. */
const SEND_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5_000;
const MAX_ANSWER_BYTES = 64 * 1024;
const SENDERS = 4;
const PAUSE_MS = 500;

/**
 * Starts to send what saved queries find, where the settings let it, and goes on until the service stops.
 *
 * @returns what the API may promise
 * @throws SettingsError when a file or a secret cannot be used
 */
export function startSubscriptions(
  { log, onStop, crash }: Service,
  settings: Settings,
  { db, metrics }: { db: Database; metrics: FeedMetrics },
): SubscriptionAccess {
  const { SIAGA_SECRETS_FILE: secretsFile, SIAGA_ALLOW_PRIVATE_ADDRESSES: allowPrivateAddresses } = settings;
  if (secretsFile === undefined) {
    if (settings.SIAGA_FEED_MAIL_FILE !== undefined) {
      throw new SettingsError(['SIAGA_SECRETS_FILE is not set: digests need its "subscription-key"']);
    }
    return { allowPrivateAddresses };
  }
  const secrets = readSecrets(secretsFile);
  const keys = subscriptionKeys(secrets.get('subscription-key'));
  const mail = mailOf(settings, secrets, allowPrivateAddresses);
  const client = outboundClient({
    ...{ allowPrivateAddresses, userAgent: USER_AGENT, timeoutMs: SEND_TIMEOUT_MS, maxBodyBytes: MAX_ANSWER_BYTES },
  });
  onStop('outbound connections', () => client.close());
  const work = async (stopping: AbortSignal) => {
    while (!stopping.aborted && (await sendOne({ db, client, keys, post: mail?.post, metrics, log })));
  };
  const senders = Array.from({ length: SENDERS }, () =>
    startRepeating({ what: 'subscriptions', pauseMs: PAUSE_MS, work, log }, crash),
  );
  onStop('subscriptions', () => Promise.all(senders.map((sender) => sender.close())).then(() => undefined));
  return { keys, recipientDomains: mail?.recipientDomains, allowPrivateAddresses };
}

function mailOf(
  { SIAGA_FEED_MAIL_FILE: file, SIAGA_FEED_PUBLIC_URL: publicUrl }: Settings,
  secrets: Secrets,
  allowPrivateAddresses: boolean,
): { readonly post: DigestPost; readonly recipientDomains: readonly string[] } | undefined {
  if (file === undefined) return undefined;
  if (publicUrl === undefined) {
    throw new SettingsError(['SIAGA_FEED_PUBLIC_URL is not set: digests hold a link by which they are ended']);
  }
  const mail = readYamlFile(file, SubscriptionMail);
  const connect = outboundConnector({ allowPrivateAddresses, timeoutMs: CONNECT_TIMEOUT_MS });
  const { from, replyTo, recipientDomains } = mail;
  return {
    post: { mailer: mailerOf(mail, { secrets, connect }), from, replyTo, publicUrl: new URL(publicUrl) },
    recipientDomains,
  };
}
