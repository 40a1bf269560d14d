import { parseArgs } from 'node:util';
import { loadClaimMatcher } from '../../src/claims/load-claim-matcher.js';
import { CLAIMS_DIR, DATA_DIR } from '../paths.js';
import { decimals, formatTable, percent } from '../report-table.js';
import type { Split } from '../rows.js';
import { evaluateClaims, type ClaimReport } from './evaluate-claims.js';

const HELP = `How well posts find the fact-check of what they claim, beside BM25 in the same run.

usage: npm run evaluate -- claims [--data DIR] [--model DIR] [--split NAME] [--json]

  --split NAME  train, validation or test (default test)
  --json        one JSON line last
`;

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: DATA_DIR },
    model: { type: 'string', default: CLAIMS_DIR },
    split: { type: 'string', default: 'test' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else {
  const report = evaluateClaims(values.data, await loadClaimMatcher(values.model), values.split as Split);
  process.stdout.write(`${tableOf(report)}\n`);
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
}

function tableOf({ claims, retrieval, matches, matchesStrictly, calibrationError }: ClaimReport): string {
  const rows = retrieval.flatMap(({ name, ours, bm25 }) =>
    Object.entries({ ours, BM25: bm25 }).map(([who, figures]) => [
      `${name}, ${who}`,
      String(figures.queries),
      decimals(figures.first),
      decimals(figures.firstTen),
      decimals(figures.reciprocal),
    ]),
  );
  return [
    `${claims} claims`,
    formatTable([['posts', 'n', 'recall@1', 'recall@10', 'MRR'], ...rows]),
    `matches beside claims about the same people: precision ${percent(matches.precision)}, recall ${percent(matches.recall)}`,
    `matches beside the ten found first, copies of the same hoax counted wrong: precision ${percent(matchesStrictly.precision)}, recall ${percent(matchesStrictly.recall)}; calibration error ${decimals(calibrationError)}`,
  ].join('\n');
}
