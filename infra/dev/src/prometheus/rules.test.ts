import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { knownMetrics } from './known-metrics.js';
import { metricNames } from './metric-names.js';
import { allRules, PROMETHEUS_FOLDER, ruleTestFiles } from './rule-files.js';

const RUNBOOKS = path.resolve(PROMETHEUS_FOLDER, '../../docs/runbooks');
const rules = allRules();
const alerts = rules.flatMap(({ alert }) => alert ?? []);

describe('metricNames', () => {
  test('finds metrics, and neither functions nor labels', () => {
    expect(
      metricNames(`sum by (a, b) (rate(x_total{c=~"d|e",f="g{h}"}[5m] offset 1h)) / on (i) group_left (j)
        max_over_time(y:z:sum[1h:5m]) > 3e2 and k == 1 or l offset 5m * 0 unless ignoring (m) vector(0)`),
    ).toEqual(['x_total', 'y:z:sum', 'k', 'l']);
  });
});

describe('the rules', () => {
  test('read only what the catalogue has', () => {
    const known = knownMetrics();
    const read = rules.flatMap(({ expr }) => metricNames(expr));
    expect(read.length).toBeGreaterThan(60);
    expect(read.filter((name) => !known.has(name))).toEqual([]);
  });

  test('alert under a name each, with a severity, a summary and their runbook', () => {
    expect(new Set(alerts).size).toBe(alerts.length);
    for (const { alert, labels, annotations } of rules.filter((rule) => rule.alert !== undefined)) {
      expect([alert, labels?.severity]).toEqual([alert, expect.stringMatching(/^(page|ticket)$/)]);
      expect([alert, annotations?.summary]).toEqual([alert, expect.stringMatching(/\w{3}/)]);
      expect(annotations?.runbook_url).toBe(`{{ $externalLabels.runbooks }}/${alert}.md`);
    }
  });

  test('have a test of when each alert fires, and of when it does not', () => {
    interface Expected {
      readonly alertname: string;
      readonly exp_alerts: readonly object[];
    }
    const tested = ruleTestFiles().flatMap((file) => {
      const { tests } = parse(readFileSync(file, 'utf8')) as { tests: { alert_rule_test: Expected[] }[] };
      return tests.flatMap((one) => one.alert_rule_test);
    });
    const named = (fires: boolean) =>
      tested.filter((one) => one.exp_alerts.length > 0 === fires).map((one) => one.alertname);
    expect([...new Set(named(true))].sort()).toEqual([...alerts].sort());
    expect([...new Set(named(false))].sort()).toEqual([...alerts].sort());
  });
});

describe('the runbooks', () => {
  const pages = readdirSync(RUNBOOKS).filter((name) => name !== 'README.md');

  test('are one for each alert, and no more', () => {
    expect(pages.sort()).toEqual(alerts.map((alert) => `${alert}.md`).sort());
  });

  test.each(pages)('%s says what it means, what to look at, what to do, and when to wake someone', (page) => {
    const text = readFileSync(path.join(RUNBOOKS, page), 'utf8');
    expect(text).toMatch(new RegExp(`^# ${path.basename(page, '.md')}\n`));
    const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['What it means', 'Look at', 'Do', 'Wake someone when']);
    const known = knownMetrics();
    const named = [...text.matchAll(/\bsiaga[_:][\w:]+/g)].map(([name]) => name.replace(/:$/, ''));
    expect(named.filter((name) => !known.has(name) && !known.has(`${name}_bucket`))).toEqual([]);
  });

  test('are all listed in their index', () => {
    const index = readFileSync(path.join(RUNBOOKS, 'README.md'), 'utf8');
    expect([...index.matchAll(/\((\w+)\.md\)/g)].map(([, name]) => name).sort()).toEqual([...alerts].sort());
  });
});
