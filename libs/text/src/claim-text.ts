import { createHash } from 'node:crypto';
import { isLetter } from './characters.js';
import { fnv1a } from './fnv.js';
import { GOLDEN } from './golden.js';
import { tokenise } from './tokenise.js';
import { stem } from './stem.js';
import { TEXT_FINGERPRINT } from './fingerprint.js';

/** Stems of the words of a text, in order; its other tokens (links, numbers, emoji) say nothing of what it claims. */
export function stemsOf(tokens: readonly string[]): string[] {
  const stems: string[] = [];
  for (const token of tokens) if (isWord(token)) stems.push(stem(token));
  return stems;
}

export const isWord = (token: string): boolean => isLetter(token.charCodeAt(0));

/** Where a table of 2^bits entries keeps what it knows of a stem; strangers may share a place. */
export function bucketOfStem(text: string, bits: number): number {
  const hash = fnv1a(text);
  return (hash ^ (hash >>> bits)) & ((1 << bits) - 1);
}

const NUMBER = /\d[\d.,]{0,30}/g;
const MOST_NUMBERS = 50;

/** Numbers as written, without what separates their digits: "Rp1.500.000" and "1500000" are one. At most 50. */
export function numbersOf(text: string): Set<string> {
  const numbers = new Set<string>();
  for (const [number] of text.matchAll(NUMBER)) {
    numbers.add(number.replaceAll(/[.,]/g, ''));
    if (numbers.size === MOST_NUMBERS) break;
  }
  return numbers;
}

const GRAM = 4;

/** Distinct character 4-grams of a word with its borders, hashed; the whole of a shorter one. */
export function gramsOf(word: string): Int32Array {
  const bordered = `^${word}$`;
  const grams = new Set<number>();
  for (let start = 0; start === 0 || start + GRAM <= bordered.length; start++) {
    grams.add(fnv1a(bordered, start, start + GRAM));
  }
  return Int32Array.from(grams).sort();
}

/** Dice's coefficient of two sorted sets: 1 when equal, 0 when disjoint. */
export function overlap(a: Int32Array, b: Int32Array): number {
  let [i, j, both] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] as number, b[j] as number];
    if (x === y) both++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return (2 * both) / (a.length + b.length);
}

/** SHA-256 (hex) of what this build reads as the stems of the golden sentences: the matcher of claims holds the one it was trained with. */
export const CLAIM_TEXT_FINGERPRINT: string = createHash('sha256')
  .update(TEXT_FINGERPRINT)
  .update(GOLDEN.map(([, normalised]) => stemsOf(tokenise(normalised)).join(' ')).join('\n'))
  .digest('hex');
