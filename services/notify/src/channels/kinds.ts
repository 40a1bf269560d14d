import type { Static } from 'typebox';
import type { Channel, ChannelContext } from './channel.js';
import { ConsoleEntry, consoleChannel } from './console.js';
import { MastodonEntry, mastodonChannel } from './mastodon/mastodon.js';
import { OzoneEntry, ozoneChannel } from './ozone/ozone.js';
import { WebhookEntry, webhookChannel } from './webhook.js';

/** The schema of the ways to platforms that a policy may name, by kind. */
export const ENTRIES = {
  console: ConsoleEntry,
  mastodon: MastodonEntry,
  ozone: OzoneEntry,
  webhook: WebhookEntry,
} as const;

export type ChannelKind = keyof typeof ENTRIES;
export type ChannelEntry = { [K in ChannelKind]: Static<(typeof ENTRIES)[K]> }[ChannelKind];

const OPEN: {
  [K in ChannelKind]: (entry: Extract<ChannelEntry, { kind: K }>, context: ChannelContext) => Channel;
} = {
  console: consoleChannel,
  mastodon: mastodonChannel,
  ozone: ozoneChannel,
  webhook: webhookChannel,
};

/** @throws SettingsError when a secret is missing */
export function openChannel(entry: ChannelEntry, context: ChannelContext): Channel {
  return (OPEN[entry.kind] as (entry: ChannelEntry, context: ChannelContext) => Channel)(entry, context);
}
