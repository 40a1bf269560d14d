import { beforeEach, describe, expect, it } from '@jest/globals';
import { claimCodec, type Claim } from '@siaga/contracts';
import { useDatabase } from '@siaga/testkit';
import { changeClaim, countClaims, evidenceOf, findClaim, recordClaims, takeOutbox } from './index.js';

const database = useDatabase();
beforeEach(() => database.db.query('truncate claims, outbox'));

const aClaim = (fields: Partial<Claim> = {}): Claim => ({
  schemaVersion: 1,
  claimId: 'claim:1',
  text: 'Air keran Sukamaju beracun',
  verdict: 'Salah',
  url: 'https://cek.example/1',
  publisher: 'Meja Uji',
  publishedAt: '2026-11-01T00:00:00.000Z',
  ...fields,
});

const record = (...claims: Claim[]) => database.db.transaction((tx) => recordClaims(tx, claims, 'feed'));
const published = () =>
  database.db.transaction(async (tx) =>
    (await takeOutbox(tx)).map(({ topic, key, value }) => {
      const decoded = value && claimCodec.decode(value);
      return { topic, key, claim: decoded?.ok ? decoded.value : null };
    }),
  );

describe('the bank of claims', () => {
  it('records and announces a claim once, whoever brings it again under whatever id', async () => {
    const claim = aClaim({ media: [{ kind: 'image', url: 'https://cek.example/1.jpg' }], language: 'id' });
    expect(await record(claim, aClaim({ claimId: 'claim:2', text: 'air  keran SUKAMAJU beracun' }))).toBe(1);
    expect(await record(claim)).toBe(0);
    expect(await record(aClaim({ claimId: 'claim:3' }))).toBe(0);
    expect(await published()).toEqual([{ topic: 'claims', key: 'claim:1', claim }]);
    expect(await published()).toEqual([]);
  });

  it('takes the same words of another article as a second piece of evidence', async () => {
    await record(aClaim(), aClaim({ claimId: 'claim:2', url: 'https://lain.example/9' }));
    expect((await published()).map(({ key }) => key)).toEqual(['claim:1', 'claim:2']);
  });

  it("follows its checker's later versions, until a person has changed its words", async () => {
    await record(aClaim());
    expect(await record(aClaim({ verdict: 'Sebagian salah' }))).toBe(1);
    await changeClaim(database.db, { claimId: 'claim:1', text: 'Air keran beracun', by: 'rina' });
    expect(await record(aClaim({ verdict: 'Hoaks' }))).toBe(0);
    expect(await findClaim(database.db, 'claim:1')).toMatchObject({
      text: 'Air keran beracun',
      verdict: 'Sebagian salah',
      editedBy: 'rina',
    });
  });

  it('takes a disabled claim from the topic, and brings it back', async () => {
    await record(aClaim());
    await published();
    await changeClaim(database.db, { claimId: 'claim:1', state: 'disabled', by: 'rina' });
    expect(await published()).toEqual([{ topic: 'claims', key: 'claim:1', claim: null }]);
    await record(aClaim({ verdict: 'Hoaks' }));
    expect(await published()).toEqual([{ topic: 'claims', key: 'claim:1', claim: null }]);
    await changeClaim(database.db, { claimId: 'claim:1', state: 'confirmed', by: 'rina' });
    expect(await published()).toMatchObject([{ claim: { verdict: 'Hoaks' } }]);
    expect(await countClaims(database.db)).toEqual([{ publisher: 'Meja Uji', state: 'confirmed', claims: 1 }]);
    const log = await evidenceOf(database.db, 'claim:1');
    expect(log.slice(-2).map(({ event, body }) => [event, JSON.parse(body)])).toEqual([
      ['claim-changed', { by: 'rina', state: 'disabled', reworded: false }],
      ['claim-changed', { by: 'rina', state: 'confirmed', reworded: false }],
    ]);
  });

  it('knows nothing of a claim that is not there', async () => {
    expect(await changeClaim(database.db, { claimId: 'claim:9', state: 'disabled', by: 'rina' })).toBeUndefined();
    expect(await published()).toEqual([]);
  });
});
