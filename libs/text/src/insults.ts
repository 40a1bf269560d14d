import { tidyWord } from './repetition.js';

/** Common insults and swear words: what people mask so that filters do not see it, and so what unmasking may restore. */
const INSULTS =
  'anjing babi bangsat bajingan bego bodoh goblok tolol idiot kontol memek jembut ngentot brengsek kampret monyet sampah jelek pelacur lonte ' +
  'perek jablay bencong banci keparat jancok kafir cebong bacot laknat biadab pantek kimak setan tai asu gila kunyuk jahanam dungu';
const WORDS = INSULTS.split(' ');
const STAR = 42;

/** "b*bi" -> "babi": the one insult of that length whose other letters agree, else the word as it stands. */
export function unmask(word: string): string {
  let found: string | undefined;
  for (const insult of WORDS) {
    if (insult.length !== word.length || !agrees(insult, word)) continue;
    if (found !== undefined) return word;
    found = insult;
  }
  return found ?? word;
}

function agrees(insult: string, masked: string): boolean {
  for (let i = 0; i < masked.length; i++)
    if (masked.charCodeAt(i) !== STAR && masked.charCodeAt(i) !== insult.charCodeAt(i)) return false;
  return true;
}

/** Consonants that are an abbreviation of something else as well. */
const TAKEN = new Set(['stn', 'dng', 'prk', 'kmk']);

/** Insults written without vowels ("gblk"), three consonants and more, with the word each stands for. */
export const VOWELLESS: readonly (readonly [consonants: string, word: string])[] = WORDS.map(
  (word) => [word.replaceAll(/[aeiou]/g, ''), word] as const,
).filter(([consonants]) => consonants.length >= 3 && !TAKEN.has(consonants) && tidyWord(consonants) === consonants);
