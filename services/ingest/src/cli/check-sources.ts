import type { ReadEntry } from '../sources/kinds.js';
import type { Source } from '../sources/source.js';

export interface Finding {
  readonly name: string;
  readonly kind: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Opens each source as if for the first time and waits for its first batch; nothing is sent or saved. */
export function checkSources(
  entries: readonly ReadEntry[],
  open: (entry: ReadEntry) => Source,
  timeoutMs: number,
): Promise<Finding[]> {
  return Promise.all(
    entries.map(async (entry) => {
      const { name, kind } = entry;
      try {
        return { name, kind, ok: true, detail: await firstBatch(open(entry), timeoutMs) };
      } catch (error) {
        return { name, kind, ok: false, detail: (error as Error).message };
      }
    }),
  );
}

async function firstBatch(source: Source, timeoutMs: number): Promise<string> {
  const stop = new AbortController();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop.abort();
  }, timeoutMs);
  try {
    for await (const { events } of source.open(null, stop.signal)) {
      const refused = events.filter(({ content }) => content.kind === 'refusal').length;
      if (events.length === 0) return 'answers; nothing to read yet';
      return `answers; ${events.length} events at first${refused > 0 ? `, ${refused} of them no posts` : ''}`;
    }
    if (isLate) throw new Error(`no answer in ${timeoutMs / 1000} s`);
    return 'is empty';
  } catch (error) {
    throw isLate ? new Error(`no answer in ${timeoutMs / 1000} s`) : error;
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}
