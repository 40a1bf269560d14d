import type { Static } from 'typebox';
import type { Channel } from './channel.js';
import { ConsoleEntry, consoleChannel } from './console.js';
import { EmailEntry, emailChannel, type MailContext } from './email/email.js';
import { MastodonEntry, mastodonChannel } from './mastodon/mastodon.js';
import { OzoneEntry, ozoneChannel } from './ozone/ozone.js';
import { WebhookEntry, webhookChannel } from './webhook.js';

/** The schema of the ways to platforms that a policy may name, by kind. */
export const ENTRIES = {
  console: ConsoleEntry,
  email: EmailEntry,
  mastodon: MastodonEntry,
  ozone: OzoneEntry,
  webhook: WebhookEntry,
} as const;

export type ChannelKind = keyof typeof ENTRIES;
export type ChannelEntry = { [K in ChannelKind]: Static<(typeof ENTRIES)[K]> }[ChannelKind];

const OPEN: {
  [K in ChannelKind]: (entry: Extract<ChannelEntry, { kind: K }>, context: MailContext) => Channel;
} = {
  console: consoleChannel,
  email: emailChannel,
  mastodon: mastodonChannel,
  ozone: ozoneChannel,
  webhook: webhookChannel,
};

/** @throws SettingsError when a secret is missing */
export function openChannel(entry: ChannelEntry, context: MailContext): Channel {
  return (OPEN[entry.kind] as (entry: ChannelEntry, context: MailContext) => Channel)(entry, context);
}
