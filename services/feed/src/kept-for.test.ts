import { describe, expect, it } from '@jest/globals';
import { keptFor } from './kept-for.js';

describe('keptFor', () => {
  it('shares a run and its result until the time is over', async () => {
    let now = 0;
    let runs = 0;
    const get = keptFor(
      100,
      async () => ++runs,
      () => now,
    );
    expect(await Promise.all([get(), get()])).toEqual([1, 1]);
    now = 99;
    expect(await get()).toBe(1);
    now = 100;
    expect(await get()).toBe(2);
  });

  it('keeps what took long for longer', async () => {
    let now = 0;
    let runs = 0;
    const slow = async () => {
      now += 1_000;
      return ++runs;
    };
    const get = keptFor(100, slow, () => now);
    expect(await get()).toBe(1);
    now += 9_999;
    expect(await get()).toBe(1);
    now += 1;
    expect(await get()).toBe(2);
  });

  it('does not keep a failure', async () => {
    let runs = 0;
    const get = keptFor(100, async () => {
      if (++runs === 1) throw new Error('once');
      return runs;
    });
    await expect(get()).rejects.toThrow('once');
    expect(await get()).toBe(2);
  });
});
