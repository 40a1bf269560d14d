import type { OutboundClient, Secrets } from '@siaga/runtime';
import type { PlatformPolicy } from '../policy.js';
import type { Channel } from './channel.js';
import { webhookChannel } from './webhook.js';

const NEXT = 'next-contact';

/** The name of the channel to whoever is told when a deadline has passed: the platform's usual one where there is no other. */
export const nextContact = ({ channel, nextContact }: PlatformPolicy): string => (nextContact ? NEXT : channel.kind);

/**
 * Opens the ways to a platform.
 *
 * @returns them by the names that deliveries carry
 * @throws SettingsError when a secret is missing
 */
export function openChannels(platform: PlatformPolicy, secrets: Secrets, client: OutboundClient): Map<string, Channel> {
  const open = ({ url, inquiryUrl, secret }: PlatformPolicy['channel']) =>
    webhookChannel({ url, inquiryUrl, secret: secrets.get(secret), client });
  const channels = new Map([[platform.channel.kind as string, open(platform.channel)]]);
  if (platform.nextContact) channels.set(NEXT, open(platform.nextContact));
  return channels;
}
