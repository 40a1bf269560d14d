import type { InstalledPackage } from './installed-packages.js';

/** Licences that ask for no more than their text and the author's name, and go together with Apache-2.0. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Everything else that is used, each with why it may be. A name that ends with * stands for what begins so. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  '@resvg/resvg-js*':
    'MPL-2.0 binds changes to its own files only, and none are made; it draws the chart of the bench and is not in the image',
  argparse: 'PSF-2.0, permissive; a tool for building',
  'axe-core': 'MPL-2.0 binds changes to its own files only; it runs in tests',
  'caniuse-lite': 'CC-BY-4.0 asks to be named, as here: data of caniuse.com; a tool for building brings it',
  'dejavu-fonts-ttf':
    'the Bitstream Vera licence: free to use and to pass on, not to be sold by itself; the chart of the bench',
  sylvester: 'says nothing in its package.json; its LICENSE.txt is that of MIT (2011, Chris Umbel, James Coglan)',
};

/** What a package's licence asks for can be kept by anybody who uses Siaga as its own licence allows. */
export function isPermissive(licence: string): boolean {
  // With OR one of them is enough, with AND all have to be; nobody writes both into one expression here.
  const alternatives = licence.replace(/[()]/g, '').split(' OR ');
  return alternatives.some((alternative) => alternative.split(' AND ').every((one) => PERMISSIVE.has(one.trim())));
}

export function exceptionFor({ name }: InstalledPackage): string | undefined {
  const found = Object.entries(EXCEPTIONS).find(([pattern]) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
  return found?.[1];
}
