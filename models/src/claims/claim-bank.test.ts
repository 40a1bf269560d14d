import { beforeAll, describe, expect, it } from '@jest/globals';
import { normalisedTokens } from '@siaga/text';
import fc from 'fast-check';
import { createClaimBank, type ClaimBank } from './claim-bank.js';
import { CLAIM_MATCHER_DIR, loadClaimMatcher, type ClaimMatcher } from './load-claim-matcher.js';

/** Of invented people and places. */
const CLAIMS = [
  'Gubernur Sastrawijaya menutup semua pasar di Kota Lembayung karena wabah cacing pita',
  'Gubernur Sastrawijaya membagikan motor listrik gratis kepada guru honorer',
  'Bendungan Ciranjang jebol, ribuan warga Desa Mekarwangi mengungsi',
  'Minum air rebusan daun kelor menyembuhkan diabetes dalam tiga hari',
  'Bank Cendrawasih memberi hadiah 50 juta rupiah lewat tautan WhatsApp',
].map((text, i) => ({ claimId: `cek:${i}`, text }));

let matcher: ClaimMatcher;
beforeAll(async () => {
  matcher = await loadClaimMatcher(CLAIM_MATCHER_DIR);
});

const bankOf = (claims: readonly { claimId: string; text: string }[]): ClaimBank => {
  const bank = createClaimBank(matcher);
  for (const claim of claims) bank.add(claim);
  return bank;
};
const idsOf = (bank: ClaimBank, text: string): string[] =>
  bank.match({ text, tokens: normalisedTokens(text) }).map(({ claimId }) => claimId);

describe('a bank of claims', () => {
  it.each([
    ['cek:0', 'SEBARKAN!!! Gubernur Sastrawijaya tutup semua pasar di Kota Lembayung krn ada wabah cacing pita'],
    ['cek:2', 'info dr grup sebelah: bendungan ciranjang jebol, ribuan warga desa mekarwangi sudah mengungsi 😭'],
    ['cek:3', 'm1num air rebusan daun kel0r bisa menyembuhkan d1abetes dalam 3 hari, bagikan ke keluarga'],
  ])('finds %s in a copy in other spelling', (id, text) => expect(idsOf(bankOf(CLAIMS), text)).toEqual([id]));

  it.each([
    'Gubernur Sastrawijaya membuka pameran lukisan di Kota Lembayung',
    'harga cabai naik lagi, ibu-ibu mengeluh di pasar',
    'hari ini hujan deras, hati-hati di jalan ya',
    '',
    'a'.repeat(20_000),
    'gubernur '.repeat(2_000),
  ])('finds none in "%.40s"', (text) => expect(idsOf(bankOf(CLAIMS), text)).toEqual([]));

  it('says how sure it is, and where the post says it', () => {
    const text = 'Katanya bendungan Ciranjang jebol, ribuan warga Desa Mekarwangi mengungsi. Semoga selamat semua';
    const [match] = bankOf(CLAIMS).match({ text, tokens: normalisedTokens(text) });
    expect(match?.probability).toBeGreaterThanOrEqual(matcher.threshold);
    expect(match?.probability).toBeLessThanOrEqual(1);
    expect(match?.spans).toEqual(['bendungan ciranjang jebol ribuan warga desa mekarwangi mengungsi']);
  });

  it('takes what a claim says now for what it said before', () => {
    const bank = bankOf(CLAIMS);
    const [first, , third] = CLAIMS as [{ text: string }, unknown, { text: string }];
    bank.add({ claimId: 'cek:0', text: third.text });
    expect(bank.size).toBe(CLAIMS.length);
    expect(idsOf(bank, first.text)).toEqual([]);
    expect(idsOf(bank, third.text).toSorted()).toEqual(['cek:0', 'cek:2']);
  });

  it('is what its claims are, whatever came and went before', () => {
    const change = fc.record({ add: fc.boolean(), claim: fc.constantFrom(...CLAIMS) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const bank = createClaimBank(matcher);
        const left = new Map<string, { claimId: string; text: string }>();
        for (const { add, claim } of changes) {
          if (add) bank.add(claim);
          else expect(bank.remove(claim.claimId)).toBe(left.has(claim.claimId));
          if (add) left.set(claim.claimId, claim);
          else left.delete(claim.claimId);
        }
        const fresh = bankOf([...left.values()]);
        expect(bank.size).toBe(fresh.size);
        for (const { text } of CLAIMS) {
          const post = { text, tokens: normalisedTokens(text) };
          expect(bank.match(post)).toEqual(fresh.match(post));
        }
      }),
      { numRuns: 50 },
    );
  });
});
