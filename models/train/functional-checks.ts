import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATEGORIES, type Category } from '@siaga/contracts';
import { CHECKS_DIR } from './paths.js';
import type { Scorer } from '../src/scorer.js';

/** One case of models/checks: what a reader would expect of each category that it names; `abusive` is a sub-label. */
export interface Check {
  readonly id: string;
  readonly group: string;
  readonly function: string;
  readonly text: string;
  readonly expect: Readonly<Partial<Record<Category | 'abusive', 0 | 1>>>;
  /** The kind of group that is named, where one is. */
  readonly target?: string;
}

export interface FunctionResult {
  readonly group: string;
  readonly function: string;
  readonly cases: number;
  /** Share of cases where every expected category is flagged, or not, as expected. */
  readonly right: number;
  /** The same per category. */
  readonly byCategory: Readonly<Partial<Record<Category, number>>>;
}

export function readChecks(dir: string = CHECKS_DIR): Check[] {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
    .flatMap((name) => readFileSync(join(dir, name), 'utf8').trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as Check);
}

/** Runs the checks at the scorer's flag thresholds. One result per function, in the order of the files. */
export function runChecks(checks: readonly Check[], scorer: Pick<Scorer, 'score' | 'thresholds'>): FunctionResult[] {
  const scored = scorer.score(checks.map(({ text }) => text));
  const groups = new Map<
    string,
    { group: string; cases: number; right: number; by: Map<Category, [right: number, of: number]> }
  >();
  checks.forEach((check, i) => {
    const result = groups.get(check.function) ?? { group: check.group, cases: 0, right: 0, by: new Map() };
    groups.set(check.function, result);
    let allRight = true;
    for (const category of CATEGORIES) {
      const expected = check.expect[category];
      if (expected === undefined) continue;
      const flagged = (scored[i]?.scores[category] ?? 0) >= scorer.thresholds[category].flag;
      const right = flagged === (expected === 1);
      const [sum, of] = result.by.get(category) ?? [0, 0];
      result.by.set(category, [sum + Number(right), of + 1]);
      allRight &&= right;
    }
    result.cases++;
    result.right += Number(allRight);
  });
  return [...groups].map(([name, { group, cases, right, by }]) => ({
    group,
    function: name,
    cases,
    right: right / cases,
    byCategory: Object.fromEntries([...by].map(([category, [sum, of]]) => [category, sum / of])),
  }));
}
