import type { Channel } from './channel.js';
import { entryOf } from './fields.js';

export const ConsoleEntry = entryOf('console', {});

/** For platforms that take notices in no way but a person's: the delivery waits until somebody has forwarded it. */
export function consoleChannel(): Channel {
  return {
    deduplicates: true,
    send: () => Promise.resolve({ kind: 'by-hand' }),
    ask: () => Promise.resolve('has-not'),
  };
}
