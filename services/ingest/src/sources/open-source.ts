import type { Logger } from '@siaga/runtime';
import type { SourceSettings } from '../settings.js';
import { feedSource } from './feed.js';
import { fileSource } from './file.js';
import type { Source } from './source.js';

const DEFAULT_POLL_SECONDS = 300;

/** The source that an entry of the registry describes. */
export function openSource(entry: SourceSettings, options: { allowPrivateAddresses: boolean; log: Logger }): Source {
  switch (entry.kind) {
    case 'file':
      return fileSource({
        name: entry.name,
        path: entry.path,
        platform: entry.platform ?? 'file',
        follow: entry.follow ?? false,
      });
    case 'feed':
      return feedSource({
        name: entry.name,
        url: entry.url,
        platform: entry.platform ?? new URL(entry.url).hostname.toLowerCase(),
        pollMs: (entry.pollSeconds ?? DEFAULT_POLL_SECONDS) * 1000,
        ...options,
      });
  }
}
