import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { guessLanguage } from './language.js';
import { normalisedTokens } from './normalise.js';

const guess = (text: string) => guessLanguage(normalisedTokens(text));

describe('guessLanguage', () => {
  test.each([
    ['Harga beras di pasar naik lagi kata warga desa yang antre sejak pagi', 'id'],
    ['gk ngerti lg deh sm org kyk gini', 'id'],
    ['You know the truth is that mereka bohong', 'id'],
    ['Wong Jowo ora popo dijajah londo saiki', 'id'],
    ['The minister said that there would be no more subsidies for them', 'en'],
    ['El presidente dijo que no hay dinero por ahora pero como siempre todo sigue', 'es'],
    ['Você não sabe o que isso quer dizer, porque ela também não fala com uma pessoa', 'pt'],
    ['Je pense que les gens ne sont pas prêts pour cette loi', 'fr'],
    ['Ich glaube nicht, dass die Regierung das mit uns machen wird', 'de'],
    ['Hindi ako naniniwala kasi yung sinabi niya ay mali lang naman', 'tl'],
    ['政府 今天 宣布 新的 政策', 'other-script'],
    ['الحكومة أعلنت اليوم عن قانون جديد', 'other-script'],
    ['รัฐบาล ประกาศ กฎหมาย ใหม่ วันนี้', 'other-script'],
    ['LINA IS QUEEN OF jalang murahan FROM SURABAYA RAYA', 'unknown'],
    ['selamat pagi', 'unknown'],
    ['wkwk 😂😂😂', 'unknown'],
    ['RT breaking news live streaming concert Jakarta tonight', 'unknown'],
    ['', 'unknown'],
  ])('%s is %s', (text, language) => {
    expect(guess(text)).toBe(language);
  });

  test('takes any string', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void guess(text)));
  });
});
