import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stemsOf } from './claim-text.js';
import { deniesClaim } from './denied-claim.js';
import { isFactCheck } from './fact-check-mark.js';
import { normalisedTokens } from './normalise.js';
import { stanceOf, type Stance } from './stance.js';

interface Case {
  readonly id: string;
  readonly text: string;
  readonly expect: Stance;
  /** What the post is about, where the check was written for one. */
  readonly claim?: string;
}

const CHECKS = path.resolve(import.meta.dirname, '../../../models/checks/stance');
const cases = readdirSync(CHECKS).flatMap((file) =>
  readFileSync(path.join(CHECKS, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Case),
);
const spreads = (stance: Stance) => stance === 'spreads';
const stems = (text: string) => stemsOf(normalisedTokens(text));
/** As services/classify weighs both. */
const isSpread = (text: string, claim?: string) =>
  spreads(stanceOf(text).stance) && !(claim !== undefined && deniesClaim(stems(text), stems(claim)));

describe('the stance of a post', () => {
  const wrong = (checks: readonly Case[]) =>
    checks.filter(({ text, claim, expect: stance }) => isSpread(text, claim) !== spreads(stance)).length /
    checks.length;

  test('is told apart in at least nine of ten functional checks', () => {
    expect(cases.length).toBeGreaterThanOrEqual(340);
    expect(wrong(cases)).toBeLessThanOrEqual(0.1);
  });

  test('is told of at least nine of ten who spread', () => {
    expect(wrong(cases.filter(({ expect: stance }) => spreads(stance)))).toBeLessThanOrEqual(0.1);
  });

  test('names the words that decided, and none of one who spreads', () => {
    expect(stanceOf('Hoaks itu, jangan disebar')).toEqual({ stance: 'denies', cue: expect.stringContaining('hoaks') });
    expect(stanceOf('Awas, air keran diracun!')).toEqual({ stance: 'spreads', cue: null });
  });

  test('goes by the sites it is told are fact-checkers', () => {
    const text = 'Baca https://periksa.example.org/123 dulu';
    expect(stanceOf(text).stance).toBe('spreads');
    expect(stanceOf(text, new Set(['periksa.example.org'])).stance).toBe('denies');
  });

  test('is read from any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(['spreads', 'denies', 'reports', 'asks']).toContain(stanceOf(text).stance);
      }),
    );
  });

  test('an address is a fact-check by its site or by its section, never by a look-alike', () => {
    expect(isFactCheck('https://www.turnbackhoax.id/2026/x', new Set())).toBe(true);
    expect(isFactCheck('https://berita.example/cek-fakta/x', new Set())).toBe(true);
    expect(isFactCheck('https://turnbackhoax.id.jahat.example/x', new Set())).toBe(false);
    expect(isFactCheck('https://jahat.example/?u=https://turnbackhoax.id/', new Set())).toBe(false);
    expect(isFactCheck('https://[', new Set())).toBe(false);
  });
});

describe('a denial of a claim by its own words', () => {
  const words = (text: string) => text.split(' ');

  test('is a negation that the other does not have', () => {
    const claim = words('menara sinyal menyebarkan virus');
    expect(deniesClaim(words('menara sinyal tidak menyebarkan virus'), claim)).toBe(true);
    expect(deniesClaim(words('menara sinyal tidak pernah menyebarkan virus'), claim)).toBe(true);
    expect(deniesClaim(words('menara sinyal menyebarkan virus jangan diam'), claim)).toBe(false);
  });

  test('is none where both deny, or where little is shared', () => {
    const claim = words('vaksin tidak aman untuk anak sekolah');
    expect(deniesClaim(words('vaksin tidak aman untuk anak sekolah kita'), claim)).toBe(false);
    expect(deniesClaim(words('vaksin aman untuk anak sekolah'), claim)).toBe(true);
    expect(deniesClaim(words('vaksin bukan uang'), claim)).toBe(false);
  });
});
