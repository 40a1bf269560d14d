import type { Static } from 'typebox';
import { PushEntry } from '../push/push-entry.js';
import { FirehoseEntry, firehoseSource } from './bluesky/firehose.js';
import { JetstreamEntry, jetstreamSource } from './bluesky/jetstream.js';
import { ClaimsEntry, claimsSource } from './claims/claims.js';
import { FeedEntry, feedSource } from './feed/feed.js';
import { FileEntry, fileSource } from './file.js';
import { MastodonEntry, mastodonSource } from './mastodon/mastodon.js';
import type { Source, SourceContext } from './source.js';
import { SpoolEntry, spoolSource } from './spool.js';

/** The schema of the registry's entries, by kind. */
export const ENTRIES = {
  file: FileEntry,
  spool: SpoolEntry,
  feed: FeedEntry,
  claims: ClaimsEntry,
  firehose: FirehoseEntry,
  jetstream: JetstreamEntry,
  mastodon: MastodonEntry,
  push: PushEntry,
} as const;

export type SourceEntry = { [K in keyof typeof ENTRIES]: Static<(typeof ENTRIES)[K]> }[keyof typeof ENTRIES];
/** Of sources that a worker reads, under a lease; the others come by themselves. */
export type ReadEntry = Exclude<SourceEntry, PushEntry>;

export const isPush = (entry: SourceEntry): entry is PushEntry => entry.kind === 'push';
export const isRead = (entry: SourceEntry): entry is ReadEntry => !isPush(entry);

const OPEN: { [K in ReadEntry['kind']]: (entry: Extract<ReadEntry, { kind: K }>, context: SourceContext) => Source } = {
  file: fileSource,
  spool: spoolSource,
  feed: feedSource,
  claims: claimsSource,
  firehose: firehoseSource,
  jetstream: jetstreamSource,
  mastodon: mastodonSource,
};

export function openSource(entry: ReadEntry, context: SourceContext): Source {
  return (OPEN[entry.kind] as (entry: ReadEntry, context: SourceContext) => Source)(entry, context);
}
