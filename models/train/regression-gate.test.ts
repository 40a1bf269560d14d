/** @jest-environment <rootDir>/models/jest-environment-tf.cjs */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ACTIVE_MODEL_DIR, loadScorer } from '../src/load.js';
import type { Scorer } from '../src/scorer.js';
import { readChecks, runChecks, type FunctionResult } from './functional-checks.js';
import { CHECKS_DIR } from './paths.js';
import { findRegressions, type ReleasedResults } from './regression-gate.js';

describe('functional checks', () => {
  const checks = readChecks();
  let scorer: Scorer;
  let results: FunctionResult[];
  beforeAll(async () => {
    scorer = await loadScorer(ACTIVE_MODEL_DIR, { backend: 'wasm' });
    results = runChecks(checks, scorer);
  });
  afterAll(() => scorer.dispose());

  test('there are at least 25 functions of at least 20 cases, each with an id of its own', () => {
    expect(results.length).toBeGreaterThanOrEqual(25);
    for (const { cases } of results) expect(cases).toBeGreaterThanOrEqual(20);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  });

  test('no function is worse than the last release by more than five points', () => {
    const released = JSON.parse(readFileSync(join(CHECKS_DIR, 'released.json'), 'utf8')) as ReleasedResults;
    expect(Object.keys(released)).toHaveLength(results.length);
    expect(findRegressions(released, results)).toEqual([]);
  });

  test.each(['negation', 'counter-speech', 'identity-mentions', 'criticism'])('%s: at least 70%% right', (group) => {
    const own = results.filter((result) => result.group === group);
    expect(own.length).toBeGreaterThan(0);
    const right =
      own.reduce((sum, result) => sum + result.right * result.cases, 0) /
      own.reduce((sum, result) => sum + result.cases, 0);
    expect(right).toBeGreaterThanOrEqual(0.7);
  });
});

describe('findRegressions', () => {
  const result = (name: string, right: number): FunctionResult => ({
    group: 'g',
    function: name,
    cases: 20,
    right,
    byCategory: {},
  });
  test('a drop of five points passes, one of six does not, and a function that vanished does not', () => {
    const released = { a: 0.9, b: 0.9, c: 0.5 };
    expect(findRegressions(released, [result('a', 0.85), result('b', 0.84)])).toEqual([
      { function: 'b', was: 0.9, is: 0.84 },
      { function: 'c', was: 0.5, is: 0 },
    ]);
  });
});
