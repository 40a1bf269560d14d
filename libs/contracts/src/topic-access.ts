import type { Topics } from './topics.js';

/** The services that speak to Kafka; feed reads PostgreSQL alone. */
export type StreamService = 'ingest' | 'classify' | 'notify';

export interface TopicAccess {
  readonly reads: readonly (keyof Topics)[];
  readonly writes: readonly (keyof Topics)[];
  /** Consumer groups whose offsets it commits, without the fleet's prefix. */
  readonly groups: readonly string[];
  /** Topics and groups whose lag it looks at, beside its own. */
  readonly watches?: { readonly topics: readonly (keyof Topics)[]; readonly groups: readonly string[] };
  /** Whether it also reads under groups that it makes up, `siaga-SERVICE-` and something, and never commits. */
  readonly readsAlone: boolean;
}

/** All that a service may do with the fleet's topics. What it is not listed for here, its access list on the broker denies. */
export const TOPIC_ACCESS: Readonly<Record<StreamService, TopicAccess>> = {
  ingest: { reads: [], writes: ['posts', 'removals', 'deadLetters'], groups: [], readsAlone: false },
  classify: {
    reads: ['posts', 'claims'],
    writes: ['verdicts', 'flags', 'rumours', 'removals', 'deadLetters'],
    groups: ['classify', 'classify-look-back'],
    readsAlone: true,
  },
  notify: {
    reads: ['flags', 'rumours', 'removals'],
    writes: ['claims', 'decisions', 'deadLetters'],
    groups: ['notify', 'notify-removals', 'notify-rumours'],
    watches: { topics: ['posts'], groups: ['classify', 'classify-look-back'] },
    readsAlone: false,
  },
};
