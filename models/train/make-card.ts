import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CHECKS_DIR, DATA_DIR, MODEL_DIR } from './paths.js';
import { CATEGORIES, type Category } from '@siaga/contracts';
import { loadScorer } from '../src/load.js';
import type { Manifest } from '../src/manifest.js';
import { writeCard } from './card.js';
import { evaluateSets } from './evaluate-model.js';
import { evaluationSets } from './evaluation-sets.js';
import { readChecks, runChecks } from './functional-checks.js';
import { COLOURS, plotUnitSquare } from './plot.js';
import { readRows } from './rows.js';
import { scorerPredict } from './scorer-predictions.js';
import { LADDER, tradeOffs } from './trade-off.js';

const HELP = `Writes CARD.md and calibration.png beside a model, and with --release the results that the regression gate compares with.

usage: npm run card -- [--data DIR] [--model DIR] [--release]
`;

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: DATA_DIR },
    model: { type: 'string', default: MODEL_DIR },
    release: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(HELP);
  const scorer = await loadScorer(values.model);
  const manifest = JSON.parse(readFileSync(join(values.model, 'manifest.json'), 'utf8')) as Manifest;
  const rows = readRows(values.data);
  const predict = scorerPredict(scorer);
  const sets = evaluateSets(evaluationSets(rows), predict, scorer.thresholds, true);
  const cases = readChecks();
  const checks = runChecks(cases, scorer);
  const mentions = cases.filter(({ group }) => group === 'identity-mentions');
  const scores = scorer.score(mentions.map(({ text }) => text)).map((scored) => scored.scores.hate);
  const targets = [...new Set(mentions.map(({ target }) => target ?? 'not stated'))].sort().map((target) => {
    const own = scores.filter((_, i) => (mentions[i]?.target ?? 'not stated') === target);
    const share = (t: number): number => own.filter((s) => s >= t).length / own.length;
    return { target, cases: own.length, flagged: share(scorer.thresholds.hate.flag), at50: share(0.5) };
  });
  const ladders = Object.fromEntries(
    CATEGORIES.map((category) => {
      const { flag, escalate } = scorer.thresholds[category];
      const ladder = [...new Set([...LADDER, flag, escalate])].sort((a, b) => a - b);
      return [category, tradeOffs(rows, category, predict, 0.05, ladder)];
    }),
  ) as Record<Category, ReturnType<typeof tradeOffs>>;
  writeFileSync(
    join(values.model, 'CARD.md'),
    writeCard({ manifest, sets, checks, targets, tradeOffs: ladders, megabytes: manifest.weights.bytes / 1e6 }),
  );
  const series = CATEGORIES.flatMap((category) => {
    const own = sets.find(({ head, kind }) => head === category && kind === 'test');
    return own?.reliability === undefined
      ? []
      : [{ colour: COLOURS[category], points: own.reliability.map(({ mean, share }) => [mean, share] as const) }];
  });
  writeFileSync(join(values.model, 'calibration.png'), plotUnitSquare(series, true));
  if (values.release) {
    const released = Object.fromEntries(checks.map((result) => [result.function, result.right]));
    writeFileSync(join(CHECKS_DIR, 'released.json'), `${JSON.stringify(released, null, 2)}\n`);
  }
  scorer.dispose();
}

await main();
