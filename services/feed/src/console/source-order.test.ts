import { describe, expect, it } from '@jest/globals';
import { troubleOf, worstFirst } from './source-order.js';

const source = (name: string, state: string) => ({
  ...{ source: name, state, worker: null, posts: 0, lastEventAt: null, lagMs: null, lastError: null },
});

describe('the sources', () => {
  it('stand with the worst first, then by name', () => {
    const states = ['ended', 'running', 'paused', 'failing', 'new in a later version', 'unread', 'starting'];
    const sources = [...states.map((state, i) => source(`s${i}`, state)), source('a', 'running')];
    expect(worstFirst(sources).map(({ state }) => state)).toEqual([
      ...['failing', 'unread', 'new in a later version', 'starting', 'running', 'running', 'paused', 'ended'],
    ]);
    expect(worstFirst(sources).find(({ state }) => state === 'running')?.source).toBe('a');
  });

  it('are in trouble when one fails or nobody reads it, and not when a person paused it', () => {
    expect(troubleOf([source('a', 'unread'), source('b', 'failing')])).toEqual({ state: 'failing', count: 1 });
    expect(troubleOf([source('a', 'unread'), source('b', 'unread')])).toEqual({ state: 'unread', count: 2 });
    expect(troubleOf([source('a', 'running'), source('b', 'paused'), source('c', 'ended')])).toBeUndefined();
    expect(troubleOf([])).toBeUndefined();
  });
});
