import type { Check } from '../check.js';
import { chaos } from './chaos.js';
import { feedCorpus } from './feed-corpus.js';
import { postAndDelete } from './post-and-delete.js';
import { pushLoad } from './push-load.js';

/** "It must show" of the step that builds the ingest fleet; the lines that are not here run with the tests. */
export const ingestArea: readonly Check[] = [
  { line: 1, run: postAndDelete },
  { line: 2, run: chaos },
  { line: 3, run: feedCorpus },
  { line: 5, run: pushLoad },
];
