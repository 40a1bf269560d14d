import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { firstLanguage } from './language.js';
import { LANGUAGES } from './texts.js';

/** Names of texts, those of a part under the part's name. */
const keysOf = (texts: object, prefix = ''): string[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'object' ? keysOf(value as object, `${prefix}${key}.`) : [prefix + key],
  );

const FOLDER = path.join(import.meta.dirname, 'texts');

describe('the texts', () => {
  it.each(['../texts.ts', ...readdirSync(FOLDER)])(
    'of %s name the same in both languages, and leave nothing empty',
    async (file) => {
      const words = Object.values((await import(path.join(FOLDER, file))) as Record<string, typeof LANGUAGES>);
      expect(words).not.toEqual([]);
      for (const { id, en } of words) {
        expect(keysOf(en)).toEqual(keysOf(id));
        expect(JSON.stringify({ id, en })).not.toContain('""');
      }
    },
  );

  it.each([
    [null, ['id-ID'], 'id'],
    [null, ['ms-MY', 'en'], 'id'],
    [null, ['en-US', 'id'], 'en'],
    [null, ['de'], 'en'],
    [null, [], 'id'],
    ['en', ['id'], 'en'],
    ['xx', ['en'], 'en'],
  ])('chosen %j and preferred %j is %s', (chosen, preferred, language) => {
    expect(firstLanguage(chosen, preferred)).toBe(language);
  });
});
