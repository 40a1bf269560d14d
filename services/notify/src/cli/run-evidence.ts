import { parseCommandLine, UsageError } from '@siaga/runtime';
import { evidenceHead, evidenceOf, verifyEvidence } from '@siaga/storage';
import { withDatabase, type Surroundings } from './command.js';

const OPTIONS = { expect: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

const HELP = `npm run evidence -- COMMAND

  verify [--expect ROW:HASH]   recomputes the chain of the log; exits 1 and names the first row that does not fit.
                               With --expect, the log must still hold that row: the end of a log that was cut off, or a
                               log that was written anew, can only be told by a row that somebody has kept elsewhere
  head                         the latest row and its hash, to keep elsewhere
  show ID                      what the log tells of a flag or a notice, a JSON line a row

The log holds ids, scores and hashes of what was flagged, sent and answered, and outlives the texts.`;

/** @returns the exit code */
export async function runEvidence(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { print } = surroundings;
  const { expect, help, words } = parseCommandLine(args, OPTIONS);
  const [command, id] = words;
  if (help || command === undefined) return (print(HELP), help ? 0 : 2);
  switch (command) {
    case 'verify': {
      const verdict = await withDatabase(surroundings, (db) => verifyEvidence(db, witness(expect)));
      if (!verdict.whole) return (print(`BROKEN at row ${verdict.row}: ${verdict.why}`), 1);
      return (print(`whole: ${verdict.head.seq} rows, head ${verdict.head.seq}:${verdict.head.hash}`), 0);
    }
    case 'head': {
      const head = await withDatabase(surroundings, evidenceHead);
      return (print(head ? `${head.seq}:${head.hash}` : 'the log is empty'), 0);
    }
    case 'show': {
      if (id === undefined) throw new UsageError('show needs the id of a flag or a notice');
      const rows = await withDatabase(surroundings, (db) => evidenceOf(db, id));
      for (const { seq, recordedAt, event, body, hash } of rows)
        print(JSON.stringify({ seq, at: recordedAt, event, ...(JSON.parse(body) as object), hash }));
      if (rows.length === 0) throw new UsageError(`the log tells nothing of ${id}`);
      return 0;
    }
    default:
      throw new UsageError(`unknown command "${command}"; npm run evidence -- --help lists them`);
  }
}

function witness(text: string | undefined) {
  if (text === undefined) return undefined;
  const [, seq, hash] = /^([1-9]\d{0,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined) {
    throw new UsageError('--expect takes what "npm run evidence -- head" printed: ROW:HASH');
  }
  return { seq: Number(seq), hash };
}
