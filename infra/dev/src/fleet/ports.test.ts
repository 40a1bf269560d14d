import { expect, test } from '@jest/globals';
import { choosePorts, PREFERRED_PORTS } from './ports.js';

test('everything gets the port it prefers when all are free', async () => {
  const moved: unknown[] = [];
  expect(
    await choosePorts(
      (...move) => moved.push(move),
      async (wanted) => wanted!,
    ),
  ).toEqual(PREFERRED_PORTS);
  expect(moved).toEqual([]);
});

test('a taken port is replaced by one that nothing else wants, and said so', async () => {
  const moved: unknown[] = [];
  const offers = [PREFERRED_PORTS.notify, 40_000];
  const find = async (wanted?: number) =>
    wanted === PREFERRED_PORTS.feed || wanted === undefined ? offers.shift()! : wanted;
  const ports = await choosePorts((...move) => moved.push(move), find);
  expect(ports).toEqual({ ...PREFERRED_PORTS, feed: 40_000 });
  expect(moved).toEqual([['feed', 3000, 40_000]]);
});
