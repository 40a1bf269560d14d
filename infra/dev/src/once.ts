import { countPosts, type ExpectedPosts, type PlannedSource } from './fleet/sources.js';
import type { Fleet } from './fleet/fleet.js';
import { followPosts } from './ledger/follow-posts.js';
import type { DeadLetterEntry } from './ledger/post-ledger.js';
import { renderTable } from './ledger/table.js';

const IDS_SHOWN = 20;
const DEAD_LETTERS_SHOWN = 10;

/**
 * Follows the posts to the end and prints the table.
 *
 * @returns whether every post is accounted for and every delivery made
 */
export async function runOnce(options: {
  fleet: Fleet;
  source: PlannedSource;
  signal: AbortSignal;
  onProgress: (line: string) => void;
  print: (text: string) => void;
}): Promise<boolean> {
  const { fleet, source, signal, onProgress, print } = options;
  let expected: ExpectedPosts | undefined;
  let lastProgress = '';
  // A stream on standard input may go on for days before its number is known.
  const counting = source.complete.then(async () => {
    expected = await countPosts(source.file as string);
  });
  const followed = followPosts({
    brokers: fleet.brokers,
    databaseUrl: fleet.databaseUrl,
    platformUrl: `http://127.0.0.1:${fleet.ports.platform}`,
    expected: () => expected,
    signal,
    onProgress(line) {
      lastProgress = line;
      onProgress(line);
    },
  });
  const [{ outcome, complete }] = await Promise.all([followed, Promise.race([counting, followed])]);
  print(renderTable(outcome));
  printDeadLetters(outcome.deadLetters, print);
  if (complete) return outcome.failed === 0;
  const { unaccounted, expected: lines, arrived } = outcome;
  if (arrived < lines) print(`${lines - arrived} lines of ${source.file} never arrived on Kafka`);
  if (unaccounted.length > 0)
    print(`unaccounted for: ${unaccounted.slice(0, IDS_SHOWN).join(' ')}${unaccounted.length > IDS_SHOWN ? ' …' : ''}`);
  print(`nothing has moved for a minute: ${lastProgress}\nthe logs are in .siaga/once/logs`);
  return false;
}

/** Where each came from and why nobody could read it, so that it can be mended. */
function printDeadLetters(letters: readonly DeadLetterEntry[], print: (text: string) => void): void {
  for (const { from, reason, detail } of letters.slice(0, DEAD_LETTERS_SHOWN)) {
    const place = from.replace(/^source:([^/]+)\/0:/, '$1 line ');
    print(`dead letter: ${place}: ${reason} (${detail})`);
  }
  const more = letters.length - DEAD_LETTERS_SHOWN;
  if (more > 0) print(`and ${more} more`);
}
