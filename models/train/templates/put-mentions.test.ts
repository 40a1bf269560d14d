import { expect, test } from '@jest/globals';
import { normalise } from '@siaga/text';
import type { Row } from '../rows.js';
import { target } from '../targets.js';
import { FILLERS } from './fillers.js';
import { GROUP_KINDS } from './expand-templates.js';
import { putMentions } from './put-mentions.js';

const posts = Array.from({ length: 60 }, (_, i): Row => {
  const text = 'angkot lewat jalan besar menuju terminal lama sebelum subuh'
    .split(' ')
    .slice(0, 1 + (i % 9))
    .join(' ');
  return { id: String(i), source: 'x', split: 'train', text, normalised: text, labels: {}, meta: {}, group: i };
});

test('every row names a group, keeps its post’s split, and teaches the attack head alone that it is none', () => {
  const rows = putMentions(posts, 5);
  const names = GROUP_KINDS.flatMap((kind) => FILLERS[kind]).map((name) => normalise(name.split('*')[0] ?? ''));
  for (const row of rows) {
    expect(names.some((name) => row.normalised.includes(name))).toBe(true);
    expect(row.split).toBe('train');
    expect([target(row, 'attack'), target(row, 'hate'), target(row, 'hoax')]).toEqual([0, undefined, undefined]);
  }
  expect(rows.filter(({ group }) => group >= 0)).toHaveLength(posts.length);
  expect(putMentions(posts, 5)).toEqual(rows);
});
