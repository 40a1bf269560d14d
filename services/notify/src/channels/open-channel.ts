import type { OutboundClient, Secrets } from '@siaga/runtime';
import type { PlatformPolicy } from '../policy.js';
import type { Channel } from './channel.js';
import { webhookChannel } from './webhook.js';

/** @throws SettingsError when a secret is missing */
export function openChannel({ channel }: PlatformPolicy, secrets: Secrets, client: OutboundClient): Channel {
  const { url, inquiryUrl, secret } = channel;
  return webhookChannel({ url, inquiryUrl, secret: secrets.get(secret), client });
}
