import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Claim } from '@siaga/contracts';
import { recordClaims } from '@siaga/storage';
import { useDatabase } from '@siaga/testkit';
import { startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { bearer } from '../visitors.fixture.js';
import type { ClaimItem, ClaimPage } from './claims.js';

const database = useDatabase();
let feed: RunningFeed;
beforeAll(async () => {
  feed = await startFeed(database);
  await database.db.transaction((tx) => recordClaims(tx, CLAIMS, 'import'));
});
afterAll(() => feed.stop());

const CLAIMS = Array.from({ length: 5 }, (_, i): Claim => ({
  schemaVersion: 1,
  claimId: `claim:${i}`,
  text: i === 3 ? 'Surat suara tercoblos di gudang' : `Klaim nomor ${i}`,
  verdict: i === 4 ? 'Benar' : 'Salah',
  url: `https://cek.example/${i}`,
  publisher: i % 2 === 0 ? 'Meja Uji' : 'Periksa',
  publishedAt: `2026-11-0${i + 1}T00:00:00.000Z`,
}));

const list = async (query = '') => (await feed.app.inject(`/v1/claims${query}`)).json<ClaimPage>();
const idsOf = ({ items }: ClaimPage) => items.map(({ claimId }) => claimId);

describe('GET /v1/claims', () => {
  it('pages through the claims, the latest first', async () => {
    const first = await list('?limit=3');
    expect(idsOf(first)).toEqual(['claim:4', 'claim:3', 'claim:2']);
    expect(first.items.map(({ debunked }) => debunked)).toEqual([false, true, true]);
    const rest = await list(`?limit=3&cursor=${first.next}`);
    expect(idsOf(rest)).toEqual(['claim:1', 'claim:0']);
    expect(rest.next).toBeNull();
  });

  it.each([
    ['?publisher=Periksa', ['claim:3', 'claim:1']],
    ['?q=mencoblos', ['claim:3']],
    ['?from=2026-11-02T00:00:00Z&to=2026-11-04T00:00:00Z', ['claim:2', 'claim:1'].toSorted().toReversed()],
    ['?claimState=disabled', []],
  ])('is filtered: %s', async (query, wanted) => expect(idsOf(await list(query))).toEqual(wanted));
});

describe('PATCH /v1/claims/:claimId', () => {
  it('confirms, disables and rewords under the name of who does it', async () => {
    const headers = await bearer(database.db, 'analyst', 'ani');
    const change = (claimId: string, payload: object) =>
      feed.app.inject({ method: 'PATCH', url: `/v1/claims/${claimId}`, headers, payload });
    const disabled = await change('claim:1', { state: 'disabled' });
    expect(disabled.json<ClaimItem>()).toMatchObject({ state: 'disabled', editedBy: null });
    const reworded = await change('claim:1', { text: 'Klaim pertama' });
    expect(reworded.json<ClaimItem>()).toMatchObject({ text: 'Klaim pertama', editedBy: 'ani' });
    expect(idsOf(await list('?claimState=disabled'))).toEqual(['claim:1']);
    expect((await change('claim:none', { state: 'disabled' })).statusCode).toBe(404);
    expect((await change('claim:1', {})).statusCode).toBe(400);
    expect((await change('claim:1', { verdict: '' })).statusCode).toBe(400);
  });
});
