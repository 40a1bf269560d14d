import { createHash } from 'node:crypto';
import type { ChannelInPolicy, OtherWay } from '@siaga/storage';
import type { PlatformPolicy, Policy } from '../policy.js';
import type { Channel } from './channel.js';
import type { MailContext } from './email/email.js';
import { openChannel, type ChannelEntry } from './kinds.js';

const NEXT = 'next-contact';
const FALLBACK = 'fallback';
const FALLBACK_FROM = 0.5;

/**
 * The name of the channel to whoever is told when a deadline has passed: where there is no other, the way in which the notice
 * has arrived.
 */
export const nextContact = (platform: PlatformPolicy, arrived: string): string =>
  platform.nextContact ? NEXT : wayBack(platform, arrived);

/**
 * Opens the ways to a platform.
 *
 * @returns them by the names that deliveries carry
 * @throws SettingsError when a secret is missing
 */
export function openChannels(platform: PlatformPolicy, context: MailContext): Map<string, Channel> {
  return new Map(entriesOf(platform).map(([name, entry]) => [name, openChannel(entry, context)]));
}

function entriesOf({ channel, fallback, nextContact }: PlatformPolicy): [string, ChannelEntry][] {
  const entries: [string, ChannelEntry][] = [[channel.kind, channel]];
  if (fallback) entries.push([FALLBACK, fallback]);
  if (nextContact) entries.push([NEXT, nextContact]);
  return entries;
}

/** The name of the channel for a message about a notice: the way in which the notice has arrived, while there is one. */
export const wayBack = ({ channel, fallback }: PlatformPolicy, arrived: string): string =>
  arrived === FALLBACK && fallback ? FALLBACK : channel.kind;

/** The ways for what cannot arrive in the first. */
export const fallbacksInPolicy = ({ platforms }: Policy): OtherWay[] =>
  Object.entries(platforms).flatMap(([platform, { fallback, fallbackFrom: share = FALLBACK_FROM }]) =>
    fallback ? [{ platform, channel: FALLBACK, share }] : [],
  );

/** The ways to all platforms, each with what changes when its entry does. */
export const channelsInPolicy = ({ platforms }: Policy): ChannelInPolicy[] =>
  Object.entries(platforms).flatMap(([platform, policy]) =>
    entriesOf(policy).map(([channel, entry]) => ({
      ...{ platform, channel },
      entrySha256: createHash('sha256').update(JSON.stringify(entry)).digest('hex'),
    })),
  );
