import { isDigit, isVowel } from './characters.js';

const LETTERS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** What follows a count: "3thn" is three years, not "ethn". */
const UNITS = new Set([
  'thn',
  'tahun',
  'bln',
  'bulan',
  'hari',
  'jt',
  'juta',
  'rb',
  'ribu',
  'ltr',
  'km',
  'kg',
  'cm',
  'mm',
  'gram',
  'th',
  'st',
  'nd',
  'rd',
]);

/**
 * Short or densely written words that are told from counts and codes ("4tahun", "a4") only by being words: "y4", "4j4", "d454r".
 */
const KNOWN = new Set(
  (
    'ya ke lo ga di aja aku apa ada dia ini itu gak mau bisa kita kami kamu lagi sama dari juga saja sini sana tidak jangan semua orang ' +
    'banget dasar mati anak babi bego asu tai anjing bangsat goblok tolol bodoh kafir cina usir bakar bunuh'
  ).split(' '),
);

const isPlain = (character: string): boolean => character >= 'a' && character <= 'z';

/**
 * Does a lower-case word of ASCII letters, digits and the signs @ $ ! use digits or signs as letters? Yes when one or two of them
 * stand between letters ("t3s4ngka", "b@bi"), or when a vowel sign opens a consonant cluster that no count is followed by
 * ("4njing", but not "4tahun"), or when it reads as a common word ("y4", "d454r"). A 2 never counts: it marks reduplication. Linear.
 */
export function isLeetspeak(word: string): boolean {
  let run = 0;
  let letterBefore = false;
  let letters = false;
  for (const character of word) {
    if (isPlain(character)) {
      if (letterBefore && run > 0 && run <= 2) return true;
      letterBefore = letters = true;
      run = 0;
    } else if (LETTERS[character] === undefined) {
      letterBefore = false;
      run = 0;
    } else run++;
  }
  if (letters && KNOWN.has(readLeetspeak(word))) return true;
  const first = LETTERS[word[0] ?? ''];
  const rest = word.slice(1);
  return (
    isVowel(first) &&
    rest.length >= 4 &&
    !UNITS.has(rest) &&
    isConsonant(rest[0]) &&
    isConsonant(rest[1]) &&
    ![...rest].some((c) => isDigit(c.charCodeAt(0)))
  );
}

const isConsonant = (letter: string | undefined): boolean =>
  letter !== undefined && isPlain(letter) && !isVowel(letter);

/** The word with digits and signs read as letters. A 1 between vowels, or between b and o, is an l ("to1ol", "gob1ok"), else an i. */
export function readLeetspeak(word: string): string {
  let out = '';
  for (let i = 0; i < word.length; i++) {
    const character = word[i] ?? '';
    const next = LETTERS[word[i + 1] ?? ''] ?? word[i + 1];
    const before = out.at(-1);
    if (character === '1' && isVowel(next) && (isVowel(before) || (before === 'b' && next === 'o'))) out += 'l';
    else out += LETTERS[character] ?? character;
  }
  return out;
}
