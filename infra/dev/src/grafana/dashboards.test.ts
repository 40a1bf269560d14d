import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { BOARDS, PANELS } from '@siaga/feed';
import { knownMetrics } from '../prometheus/known-metrics.js';
import { metricNames } from '../prometheus/metric-names.js';
import { dashboards } from './dashboards.js';
import { dashboardText, GRAFANA_FOLDER } from './dashboard-files.js';

describe('the dashboards', () => {
  test('are what the panels say: else npm run dashboards', () => {
    const kept = readdirSync(GRAFANA_FOLDER).filter((name) => name.endsWith('.json'));
    expect(kept.sort()).toEqual([...dashboards().keys()].sort());
    for (const [name, dashboard] of dashboards())
      expect([name, readFileSync(path.join(GRAFANA_FOLDER, name), 'utf8')]).toEqual([name, dashboardText(dashboard)]);
  });

  test('ask only for what the catalogue or the rules have', () => {
    const known = knownMetrics();
    const asked = BOARDS.flatMap((board) => PANELS[board].flatMap(({ query }) => metricNames(query)));
    expect(asked.length).toBeGreaterThan(35);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });

  test('have panels under a name of their own, side by side and never over one another', () => {
    const ids = BOARDS.flatMap((board) => PANELS[board].map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const dashboard of dashboards().values()) {
      const { panels } = dashboard as { panels: { id: number; gridPos: { x: number; y: number } }[] };
      expect(new Set(panels.map(({ gridPos }) => `${gridPos.x} ${gridPos.y}`)).size).toBe(panels.length);
    }
  });
});
