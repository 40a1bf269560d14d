import { expect, it } from '@jest/globals';
import { probabilityWords } from './probability-words.js';

it.each([
  [0, '0.00'],
  [0.29, '0.29'],
  [0.7399, '0.73'],
  [0.99, '0.99'],
  [0.9951, '0.995'],
  [0.99999, '0.999'],
])('%d is shown as %s', (probability, words) => {
  expect(probabilityWords(probability)).toBe(words);
});
