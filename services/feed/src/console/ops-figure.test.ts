import { expect, test } from '@jest/globals';
import { opsFigure, topOf } from './ops-figure.js';

test.each([
  [0.0123, 'seconds', '12 ms'],
  [31.24, 'seconds', '31.2 s'],
  [600, 'seconds', '10 min'],
  [9_000, 'seconds', '2.5 h'],
  [0.014, 'ratio', '1.4%'],
  [1234.5, 'per-second', '1230/s'],
  [2048, 'bytes-per-second', '2 KiB/s'],
  [0.25, 'index', '0.25'],
  [null, 'count', '–'],
])('%j in %s is %s', (value, unit, text) => {
  expect(opsFigure(value, unit)).toBe(text);
});

test('the top is the highest value, and never 0', () => {
  const panel = (values: (number | null)[]) => ({
    ...{ id: 'a', title: { id: '', en: '' }, unit: 'count' },
    series: [{ name: '', times: values.map((_value, i) => i), values }],
  });
  expect(topOf(panel([3, null, 7]))).toBe(7);
  expect(topOf(panel([0]))).toBe(1);
  expect(topOf(panel([]))).toBe(1);
});
