import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { fastRules } from './fast-rules.js';
import { writeFleetConfig } from './fleet-config.js';
import { ruleFiles } from './rule-files.js';

describe('fastRules', () => {
  test('shortens windows, offsets and waits, and nothing else', () => {
    const rule = 'expr: |\n  rate(x:rate1h[1h]) > 300 offset 15m and y[30s]\nfor: 2m\nlabels: { severity: page }';
    expect(fastRules(rule, 30)).toBe(
      'expr: |\n  rate(x:rate1h[120s]) > 300 offset 30s and y[5s]\nfor: 4s\nlabels: { severity: page }',
    );
    expect(fastRules(rule, 1)).toBe(rule);
  });

  test('leaves no window of the real rules as it was', () => {
    for (const file of ruleFiles()) {
      const left = fastRules(readFileSync(file, 'utf8'), 30).match(/\[\d+[mhd]\]|for: \d+[mhd]|offset \d+[mhd]/g);
      expect([file, left]).toEqual([file, null]);
    }
  });
});

test('a fleet has its own targets, and all of the rules', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'siaga-prometheus-'));
  const file = writeFleetConfig(folder, [{ job: 'classify', port: 9102 }], 1);
  expect(parse(readFileSync(file, 'utf8'))).toMatchObject({
    global: { scrape_interval: '5s' },
    rule_files: ['rules/*.rules.yml'],
  });
  expect(JSON.parse(readFileSync(path.join(folder, 'targets', 'fleet.json'), 'utf8'))).toEqual([
    { targets: ['127.0.0.1:9102'], labels: { job: 'classify' } },
  ]);
  expect(readdirSync(path.join(folder, 'rules'))).toEqual(ruleFiles().map((one) => path.basename(one)));
});
