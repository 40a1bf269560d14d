import { beforeEach, describe, expect, it } from '@jest/globals';
import { until, useDatabase } from '@siaga/testkit';
import { listSources, pauseSource, rewindSource } from './source-control.js';
import {
  announceWorker,
  declareSources,
  LeaseLost,
  releaseSource,
  renewLeases,
  saveCursor,
  takeSources,
  withdrawWorker,
  type SourceLease,
} from './source-leases.js';

const TTL_MS = 60_000;
const database = useDatabase();
const take = (holder: string, limit = 9, ttlMs = TTL_MS) =>
  takeSources(database.db, { holder, among: ['x', 'y'], limit, ttlMs });
const one = async (holder: string, ttlMs = TTL_MS): Promise<SourceLease> =>
  (await take(holder, 1, ttlMs))[0] as SourceLease;

beforeEach(async () => {
  await database.db.query('truncate sources, ingest_workers');
  await declareSources(database.db, ['x', 'y']);
});

describe('leases of sources', () => {
  it('give a source to one worker, though many ask at once', async () => {
    const taken = await Promise.all(Array.from({ length: 8 }, (_, i) => take(`w${i}`)));
    expect(
      taken
        .flat()
        .map(({ source }) => source)
        .sort(),
    ).toEqual(['x', 'y']);
  });

  it('go to another when they run out, and the first can write nothing more', async () => {
    const late = await one('late', 0);
    await saveCursor(database.db, late, { at: 1 });
    const next = await until('it has run out', () => one('next'));
    expect(next).toMatchObject({ source: 'x', fence: late.fence + 1, cursor: { at: 1 } });
    await expect(saveCursor(database.db, late, { at: 2 })).rejects.toThrow(LeaseLost);
    expect(await renewLeases(database.db, [{ lease: late, health: {} }], TTL_MS)).toEqual(new Set());
    await releaseSource(database.db, late);
    await saveCursor(database.db, next, { at: 3 });
    expect(await listSources(database.db)).toMatchObject([{ source: 'x', holder: 'next' }, { source: 'y' }]);
  });

  it('of a worker that is started again are its own at once, under a new fence', async () => {
    const before = await one('w');
    const after = await one('w');
    expect(after).toMatchObject({ source: before.source, fence: before.fence + 1 });
    await expect(saveCursor(database.db, before, {})).rejects.toThrow(LeaseLost);
  });

  it('end when a person pauses or rewinds the source', async () => {
    const lease = await one('w');
    await rewindSource(database.db, 'x', { at: 7 });
    await expect(saveCursor(database.db, lease, { at: 9 })).rejects.toThrow(LeaseLost);
    await pauseSource(database.db, 'y', true);
    expect(await take('w')).toMatchObject([{ source: 'x', cursor: { at: 7 } }]);
    await pauseSource(database.db, 'y', false);
    expect(await take('v')).toMatchObject([{ source: 'y' }]);
  });

  it('are shared among the workers that live', async () => {
    expect(await announceWorker(database.db, 'a', TTL_MS)).toBe(1);
    expect(await announceWorker(database.db, 'b', TTL_MS)).toBe(2);
    await withdrawWorker(database.db, 'b');
    expect(await announceWorker(database.db, 'a', TTL_MS)).toBe(1);
    await until('a has been silent for too long', async () => (await announceWorker(database.db, 'c', 1)) === 1);
  });
});
