import type { Writable } from 'node:stream';
import { once } from 'node:events';
import type { Scorer } from '../scorer.js';
import { readLines } from './read-lines.js';
import { formatResult, parseRequest, type Request } from './score-line.js';

const BATCH = 256;
/** A post of a megabyte is a mistake or an attack; 200,000 bytes are a long article. */
const MAX_LINE_BYTES = 200_000;

export interface RunOptions {
  readonly explain: boolean;
}

/**
 * Scores posts in batches and writes one line each, in order. Waits when `output` is full, and for nothing else, so that memory does
 * not grow with the input. Returns the number of bad lines.
 */
export async function scoreRequests(
  requests: AsyncIterable<Request> | Iterable<Request>,
  scorer: Scorer,
  output: Writable,
  { explain }: RunOptions,
): Promise<number> {
  let batch: Request[] = [];
  let bad = 0;
  const flush = async (): Promise<void> => {
    const scored = scorer.score(batch.flatMap((request) => ('text' in request ? [request.text] : [])));
    let next = 0;
    let lines = '';
    for (const request of batch) {
      if ('error' in request) bad++;
      lines += `${formatResult(request, 'text' in request ? scored[next++] : undefined, scorer, explain)}\n`;
    }
    batch = [];
    if (!output.write(lines)) await once(output, 'drain');
  };
  for await (const request of requests) {
    batch.push(request);
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  return bad;
}

/** Requests from NDJSON. Empty lines are skipped, but counted. */
export async function* readRequests(input: AsyncIterable<Buffer>): AsyncGenerator<Request> {
  let number = 0;
  for await (const line of readLines(input, MAX_LINE_BYTES)) {
    number++;
    if (line.text.trim() !== '') yield parseRequest(line, number);
  }
}
