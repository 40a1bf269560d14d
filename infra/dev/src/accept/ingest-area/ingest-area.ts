import type { Check } from '../check.js';
import { tests } from '../tests.js';
import { chaos } from './chaos.js';
import { feedCorpus } from './feed-corpus.js';
import { postAndDelete } from './post-and-delete.js';
import { pushLoad } from './push-load.js';
import { realPeers } from './real-peers.js';
import { takeover } from './takeover.js';

/** "It must show" of the step that builds the ingest fleet. */
export const ingestArea: readonly Check[] = [
  { line: 1, run: postAndDelete },
  { line: 2, run: chaos },
  { line: 2, run: realPeers },
  { line: 3, run: feedCorpus },
  { line: 4, run: takeover },
  { line: 5, run: pushLoad },
  {
    line: 6,
    run: tests({
      'runtime/src/(checked-lookup|outbound)': 'private and IPv6 forms, names that change, redirects: refused',
      'ingest/src/private-addresses': 'every kind of source is held to it, and so is what a feed links to',
    }),
  },
];
