import type { Random } from '../random.js';

const ONSETS = 'b c d f g h j k l m n p r s t w y ny ng kr tr pr'.split(' ');
const VOWELS = 'a i u e o'.split(' ');
const ENDS = ['', '', 'n', 'ng', 'r', 's', 't', 'k'];

export const VOCABULARY = 20_000;
/** Words that people use in one month and hardly before or after it. */
const WORDS_OF_A_MONTH = 40;

const syllable = (number: number) => {
  const onset = ONSETS[number % ONSETS.length] as string;
  const vowel = VOWELS[Math.floor(number / ONSETS.length) % VOWELS.length] as string;
  return onset + vowel;
};
const SYLLABLES = ONSETS.length * VOWELS.length;

/** Invented words that sound Indonesian and mean nothing: the vocabulary's word of that rank. */
export function wordOf(rank: number): string {
  const spread = (rank * 7919) % (SYLLABLES * SYLLABLES);
  const second = syllable(Math.floor(spread / SYLLABLES));
  return `${syllable(spread % SYLLABLES)}${second}${syllable((rank * 31 + 17) % SYLLABLES)}${ENDS[rank % ENDS.length]}`;
}

/** A month's own word: no other month has it, and the vocabulary does not. */
export const monthWord = (month: number, number: number): string =>
  `x${syllable(number)}${syllable(month % SYLLABLES)}${number}m${month}`;

/** A text of some eighteen words, a few of them the month's own. */
export function textOf(random: Random, month: number): string {
  const words = Array.from({ length: 8 + random.below(21) }, () =>
    random.next() < 0.06 ? monthWord(month, random.zipf(WORDS_OF_A_MONTH)) : wordOf(random.zipf(VOCABULARY)),
  );
  return `${words.join(' ')}.`;
}
