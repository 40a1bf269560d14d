import { expect, test } from '@jest/globals';
import { checksOf } from './areas.js';
import { renderReport, reportLine } from './report.js';

test('a shortfall shows in the table and in the last line', () => {
  const results = [
    { line: 1, what: 'starts', figure: '59 s', bar: '< 60 s', pass: true },
    { line: 3, what: 'survives', figure: '61 s', bar: '< 60 s', pass: false },
  ];
  expect(renderReport(results).split('\n').at(-2)).toBe('| 3 | survives | 61 s   | < 60 s | FAIL |');
  expect(JSON.parse(reportLine('main', results))).toMatchObject({ area: 'main', passed: 1, failed: 1 });
});

test('checks are chosen by area and by line', () => {
  expect(checksOf('main', []).map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(checksOf('main', ['4']).map(({ line }) => line)).toEqual([4]);
});

test.each([
  [undefined, [], /AREA is one of main, models/],
  ['toString', [], /"toString" is none of main, models/],
  ['learning', [], /the acceptance checks of "learning" are not built yet/],
  ['main', ['9'], /"main" has no check 9/],
])('%s %j is one clear line, exit code 2', (area, lines, message) => {
  expect(() => checksOf(area, lines)).toThrow(message);
  expect(() => checksOf(area, lines)).toThrow(expect.objectContaining({ exitCode: 2 }));
});
