import { describe, expect, it } from '@jest/globals';
import { TransientError } from './errors.js';
import { retrying } from './retry.js';

const quickly = { attempts: 4, firstDelayMs: 1, maxDelayMs: 4 };

function failing(times: number, error: Error) {
  let calls = 0;
  return {
    work: async () => {
      calls++;
      if (calls <= times) throw error;
      return calls;
    },
    calls: () => calls,
  };
}

describe('retrying', () => {
  it('tries again after a transient error', async () => {
    expect(await retrying(quickly, failing(3, new TransientError('away')).work)).toBe(4);
  });

  it('gives up after the attempts it has', async () => {
    const { work, calls } = failing(9, new TransientError('away'));
    await expect(retrying(quickly, work)).rejects.toThrow('away');
    expect(calls()).toBe(4);
  });

  it('lets any other error pass at once', async () => {
    const { work, calls } = failing(9, new Error('a bug'));
    await expect(retrying(quickly, work)).rejects.toThrow('a bug');
    expect(calls()).toBe(1);
  });

  it('stops waiting when it is told to', async () => {
    const stop = new AbortController();
    const { work } = failing(9, new TransientError('away', { retryAfterMs: 60_000 }));
    const result = retrying({ ...quickly, signal: stop.signal, onRetry: () => stop.abort() }, work);
    await expect(result).rejects.toThrow('away');
  });
});
