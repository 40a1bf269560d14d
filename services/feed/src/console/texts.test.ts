import { describe, expect, it } from '@jest/globals';
import { firstLanguage } from './language.js';
import { LANGUAGES } from './texts.js';

describe('the texts', () => {
  it('name the same states in both languages, and leave nothing empty', () => {
    expect(Object.keys(LANGUAGES.en.states)).toEqual(Object.keys(LANGUAGES.id.states));
    for (const texts of Object.values(LANGUAGES)) {
      for (const text of [texts, texts.states, texts.keys].flatMap((part) => Object.values(part)))
        expect(text).not.toBe('');
    }
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
