import { parseArgs } from 'node:util';
import { ACTIVE_MODEL_DIR, loadScorer } from '../load.js';
import { readRequests, scoreRequests } from './run-score.js';
import type { Request } from './score-line.js';

const HELP = `Scores text for hoax, hate and bullying: one JSON line each on standard output, nothing else.

usage: npm run -s score -- [options] "teks" ["teks" ...]
       npm run -s score -- [options] < posts.ndjson        one {"text": ..., "id"?: ...} a line

  --explain          add the words that weighed most, per category
  --model DIR        another artefact folder
  --backend NAME     auto (default), native or wasm
  --help

Output: {"id","scores":{"hoax","hate","bullying"},"flags":[{"category","score","threshold"}],"model":{"name","version"},"backend","labels"}
A line that is not a post gives {"id","line","error"}; the exit code is then 1. Wrong options: exit code 2.
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      explain: { type: 'boolean', default: false },
      model: { type: 'string', default: ACTIVE_MODEL_DIR },
      backend: { type: 'string', default: 'auto' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { backend } = values;
  if (backend !== 'auto' && backend !== 'native' && backend !== 'wasm')
    throw new TypeError(`--backend ${backend} is not auto, native or wasm`);
  if (positionals.length === 0 && process.stdin.isTTY)
    throw new TypeError('give a text, or NDJSON on standard input; see --help');
  const scorer = await loadScorer(values.model, { backend });
  const texts = positionals.map((text, i): Request => ({ line: i + 1, text }));
  const requests = texts.length > 0 ? texts : readRequests(process.stdin);
  const bad = await scoreRequests(requests, scorer, process.stdout, { explain: values.explain });
  scorer.dispose();
  return bad === 0 ? 0 : 1;
}

// A reader that has seen enough ("| head") is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`score: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof TypeError ? 2 : 1;
}
