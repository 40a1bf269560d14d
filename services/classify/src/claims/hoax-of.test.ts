import { describe, expect, it } from '@jest/globals';
import type { MatchedClaim } from '@siaga/contracts';
import { normalisedTokens } from '@siaga/text';
import { hoaxOf, STANCE_ERROR } from './hoax-of.js';
import { NO_CLAIMS, type KnownClaims } from './known-claims.js';

const claim: MatchedClaim = {
  claimId: 'claim:1',
  text: 'Menara telepon di Sukamaju menyebarkan virus',
  verdict: 'Salah',
  url: 'https://cek.example/1',
  publisher: 'Meja Uji',
  probability: 0.96,
};
const known: KnownClaims = { size: 1, generation: 1, match: () => [claim] };
const read = (text: string, style: number, claims = known) =>
  hoaxOf(text, normalisedTokens(text), { style, flagThreshold: 0.9 }, claims);

describe('a text that makes a debunked claim', () => {
  it('is a hoax whatever its style', () => {
    expect(read('Menara telepon di Sukamaju menyebarkan virus, sebarkan!', 0.1)).toEqual({
      score: 0.96 + 0.04 * 0.1,
      claims: [claim],
      isKnown: true,
    });
  });

  it.each([
    'Hoaks! Menara telepon di Sukamaju menyebarkan virus itu berita bohong',
    'Benarkah menara telepon di Sukamaju menyebarkan virus?',
    'Menara telepon di Sukamaju tidak menyebarkan virus',
    'Menara telepon di Sukamaju menyebarkan virus https://cek.example/1',
  ])('is none where somebody denies, asks or cites the fact-check: %s', (text) => {
    const { score, claims, isKnown } = read(text, 0.1);
    expect([claims, isKnown]).toEqual([[], true]);
    expect(score).toBeLessThan(STANCE_ERROR);
  });
});

describe('a claim that something is a hoax', () => {
  const denying: MatchedClaim = { ...claim, text: 'Wabah di Sukamaju adalah hoaks buatan pabrik obat' };
  const of = (text: string) => read(text, 0.1, { ...known, match: () => [denying] }).claims;

  it('is made by who says so, and not by who contradicts', () => {
    expect(of('Wabah di Sukamaju itu hoaks, akal-akalan pabrik obat')).toEqual([denying]);
    expect(of('Yang bilang wabah di Sukamaju cuma karangan pabrik obat, tolong ke sini')).toEqual([]);
  });
});

describe('a text that makes no known claim', () => {
  it('keeps the score of its style', () => {
    expect(read('selamat pagi', 0.3, NO_CLAIMS)).toEqual({ score: 0.3, claims: [], isKnown: false });
    expect(read('Awas, air keran diracun, sebarkan!', 0.95, NO_CLAIMS)).toMatchObject({ score: 0.95, claims: [] });
  });

  it('is not flagged by its style where it denies', () => {
    expect(read('Hoaks itu, jangan disebar', 0.95, NO_CLAIMS).score).toBeCloseTo(0.95 * STANCE_ERROR);
  });
});
