import { describe, expect, it } from '@jest/globals';
import { firstLanguage } from './language.js';
import { LANGUAGES } from './texts.js';

/** Names of texts, those of a part under the part's name. */
const keysOf = (texts: object, prefix = ''): string[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'object' ? keysOf(value as object, `${prefix}${key}.`) : [prefix + key],
  );

describe('the texts', () => {
  it('name the same states in both languages, and leave nothing empty', () => {
    expect(keysOf(LANGUAGES.en)).toEqual(keysOf(LANGUAGES.id));
    for (const texts of Object.values(LANGUAGES)) expect(JSON.stringify(texts)).not.toContain('""');
  });

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
