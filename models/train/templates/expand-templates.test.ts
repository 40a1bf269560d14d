import { describe, expect, test } from '@jest/globals';
import { normalise } from '@siaga/text';
import { readChecks } from '../functional-checks.js';
import { target } from '../targets.js';
import { expandTemplates } from './expand-templates.js';

describe('sentence templates', () => {
  const rows = expandTemplates(20, 3);

  test('share no sentence with the functional checks', () => {
    const checks = new Set(readChecks().map(({ text }) => normalise(text)));
    expect(rows.filter(({ normalised }) => checks.has(normalised))).toEqual([]);
  });
  test('leave no slot or star unfilled, and are the same for the same seed', () => {
    for (const { text } of rows) expect(text).not.toMatch(/[{}*]/);
    expect(expandTemplates(20, 3)).toEqual(rows);
  });
  test('an attack on a group names one target; a harmless sentence has no sub-label of hate', () => {
    for (const row of rows) {
      const targets = (['religion', 'race', 'gender', 'physical', 'other'] as const).map((head) => target(row, head));
      if (row.labels['hate'] === 1) expect(targets.filter((t) => t === 1)).toHaveLength(1);
      else if (row.labels['hate'] === 0) expect(targets).toEqual([0, 0, 0, 0, 0]);
      else expect(targets).toEqual(targets.map(() => undefined));
    }
  });
});
