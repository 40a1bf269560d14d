import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { EXCEPTIONS, exceptionFor, isPermissive } from './allowed.js';
import { installedPackages } from './installed-packages.js';
import { renderLicences } from './render-licences.js';

const root = path.resolve(import.meta.dirname, '../../../..');
const packages = installedPackages(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));

describe('the licences of all dependencies', () => {
  it('are permissive, or allowed one by one with a reason', () => {
    expect(packages.length).toBeGreaterThan(300);
    const strangers = packages.filter((one) => !isPermissive(one.licence) && exceptionFor(one) === undefined);
    expect(strangers).toEqual([]);
  });

  it('have no exception that nobody needs any more', () => {
    const used = packages.filter(({ licence }) => !isPermissive(licence)).map(exceptionFor);
    expect(Object.values(EXCEPTIONS).filter((reason) => !used.includes(reason))).toEqual([]);
  });

  it('are read as SPDX has them', () => {
    expect(isPermissive('MIT')).toBe(true);
    expect(isPermissive('(BSD-2-Clause OR GPL-3.0)')).toBe(true);
    expect(isPermissive('(MIT AND GPL-3.0)')).toBe(false);
    expect(isPermissive('GPL-3.0')).toBe(false);
    expect(isPermissive('')).toBe(false);
  });

  it('are listed as they are: npm run licences', () => {
    expect(readFileSync(path.join(root, 'docs/licences.md'), 'utf8')).toBe(renderLicences(packages));
  });
});
