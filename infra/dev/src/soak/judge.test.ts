import { expect, test } from '@jest/globals';
import { judge, restarted, type Moment } from './judge.js';

/** A process for half an hour, looked at every ten seconds. */
const run = (memory: (second: number) => number, tensors = (_second: number) => 5): Moment[] =>
  Array.from({ length: 180 }, (_none, i) => ({
    seconds: i * 10,
    processes: [{ name: 'classify', pid: 7, values: { memory: memory(i * 10), tensors: tensors(i * 10) } }],
  }));
const flat = (moments: Moment[]) => Object.fromEntries(judge(moments).map((one) => [one.measure, one.flat]));

test('what warms up and then stays is flat, also when it breathes', () => {
  expect(flat(run((s) => Math.min(200, 100 + s) + 15 * Math.sin(s / 40)))).toEqual({ memory: true, tensors: true });
});

test('a leak of a hundred megabytes an hour is one, and a tensor every ten minutes is one', () => {
  const leaking = run(
    (s) => 150 + s / 36 + 5 * Math.sin(s / 40),
    (s) => 5 + Math.floor(s / 300),
  );
  expect(flat(leaking)).toEqual({ memory: false, tensors: false });
  expect(judge(leaking).find(({ measure }) => measure === 'memory')?.slope.slope).toBeCloseTo(100, -1);
});

test('a process that was started again has its name told', () => {
  const moments = run(() => 1);
  expect(restarted(moments)).toEqual([]);
  expect(restarted([...moments, { seconds: 9_999, processes: [{ name: 'classify', pid: 8, values: {} }] }])).toEqual([
    'classify',
  ]);
});
