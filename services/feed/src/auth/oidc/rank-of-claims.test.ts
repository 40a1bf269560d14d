import { describe, expect, it } from '@jest/globals';
import { nameOfClaims, rankOfClaims, type ClaimNames } from './rank-of-claims.js';

const NAMES: ClaimNames = {
  ...{ name: 'preferred_username', role: 'groups', platform: 'siaga_platform', defaultRole: null },
  roles: new Map([
    ['meja', 'analyst'],
    ['ketua', 'lead'],
    ['mitra', 'platform'],
  ]),
};
const OF_PLATFORM = { role: 'platform', platform: 'forum.contoh' };

describe('what claims make of somebody', () => {
  it.each([
    [{ groups: ['meja'] }, { role: 'analyst', platform: null }],
    [{ groups: 'meja' }, { role: 'analyst', platform: null }],
    [{ groups: ['meja', 'lain', 'ketua'] }, { role: 'lead', platform: null }],
    [
      { groups: ['meja'], siaga_platform: 'forum.contoh' },
      { role: 'analyst', platform: null },
    ],
    [{ groups: ['mitra'], siaga_platform: 'forum.contoh' }, OF_PLATFORM],
    [{ groups: ['mitra'] }, undefined],
    [{ groups: ['mitra'], siaga_platform: '*' }, undefined],
    [{ groups: ['mitra'], siaga_platform: ['forum.contoh'] }, undefined],
    // Of both sides of the notice is of neither.
    [{ groups: ['mitra', 'ketua'], siaga_platform: 'forum.contoh' }, undefined],
    [{ groups: [] }, undefined],
    [{ groups: [{ name: 'ketua' }, 7, null] }, undefined],
    [{ groups: 'constructor' }, undefined],
    [{}, undefined],
  ])('of %j is %j', (claims, rank) => expect(rankOfClaims(claims, NAMES)).toEqual(rank));

  it('is the default of who is in no group, and of nobody else', () => {
    const names: ClaimNames = { ...NAMES, defaultRole: 'viewer' };
    expect(rankOfClaims({}, names)).toEqual({ role: 'viewer', platform: null });
    expect(rankOfClaims({ groups: ['mitra'] }, names)).toBeUndefined();
    expect(rankOfClaims({ groups: ['ketua'] }, names)).toEqual({ role: 'lead', platform: null });
  });
});

describe('the name of a new account', () => {
  it.each([
    [{ preferred_username: 'rina', sub: '1' }, 'rina'],
    [{ preferred_username: ' ｒｉｎａ ', sub: '1' }, 'rina'],
    [{ preferred_username: 'ri\u202ena', sub: '1' }, '1'],
    [{ preferred_username: 'ri\nna', sub: '1' }, '1'],
    [{ preferred_username: '', sub: '1' }, '1'],
    [{ preferred_username: 'x'.repeat(101), sub: '1' }, '1'],
    [{ preferred_username: 7, sub: '\u0007' }, 'oidc'],
  ])('of %j is %j', (claims, name) => expect(nameOfClaims(claims, NAMES)).toBe(name));
});
