import { describe, expect, it } from '@jest/globals';
import { retryAfterMs } from './retry-after.js';

const NOW = Date.parse('2026-11-24T10:00:00Z');
const ask = (headers: Record<string, string>) => retryAfterMs((name) => headers[name] ?? null, NOW);

describe('retryAfterMs', () => {
  it.each<[Record<string, string>, number | undefined]>([
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 10:00:30 GMT' }, 30_000],
    [{ 'x-ratelimit-reset': '2026-11-24T10:05:00.000Z' }, 300_000],
    [{ 'retry-after': '5', 'x-ratelimit-reset': '2026-11-24T10:05:00.000Z' }, 5_000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 09:00:00 GMT' }, 0],
    [{ 'retry-after': '99999999999' }, 3_600_000],
    [{ 'retry-after': 'later' }, undefined],
    [{}, undefined],
  ])('%j', (headers, wanted) => expect(ask(headers)).toBe(wanted));
});
