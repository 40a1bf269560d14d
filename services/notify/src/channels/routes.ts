import { createHash } from 'node:crypto';
import type { ChannelInPolicy } from '@siaga/storage';
import type { PlatformPolicy, Policy } from '../policy.js';
import type { Channel, ChannelContext } from './channel.js';
import { openChannel, type ChannelEntry } from './kinds.js';

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
  return new Map(entriesOf(platform).map(([name, entry]) => [name, openChannel(entry, context)]));
}

function entriesOf({ channel, nextContact }: PlatformPolicy): [string, ChannelEntry][] {
  const usual: [string, ChannelEntry] = [channel.kind, channel];
  return nextContact ? [usual, [NEXT, nextContact]] : [usual];
}

/** The ways to all platforms, each with what changes when its entry does. */
export const channelsInPolicy = ({ platforms }: Policy): ChannelInPolicy[] =>
  Object.entries(platforms).flatMap(([platform, policy]) =>
    entriesOf(policy).map(([channel, entry]) => ({
      ...{ platform, channel },
      entrySha256: createHash('sha256').update(JSON.stringify(entry)).digest('hex'),
    })),
  );
