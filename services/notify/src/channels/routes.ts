import type { PlatformPolicy } from '../policy.js';
import type { Channel, ChannelContext } from './channel.js';
import { openChannel } from './kinds.js';

const NEXT = 'next-contact';

/** The name of the channel to whoever is told when a deadline has passed: the platform's usual one where there is no other. */
export const nextContact = ({ channel, nextContact }: PlatformPolicy): string => (nextContact ? NEXT : channel.kind);

/**
 * Opens the ways to a platform.
 *
 * @returns them by the names that deliveries carry
 * @throws SettingsError when a secret is missing
 */
export function openChannels(platform: PlatformPolicy, context: ChannelContext): Map<string, Channel> {
  const channels = new Map([[platform.channel.kind as string, openChannel(platform.channel, context)]]);
  if (platform.nextContact) channels.set(NEXT, openChannel(platform.nextContact, context));
  return channels;
}
