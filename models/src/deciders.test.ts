import { expect, test } from '@jest/globals';
import { decider, decidingColumns } from './deciders.js';
import { HEADS } from './heads.js';

test('the head with the highest probability decides', () => {
  const { hate } = decidingColumns(HEADS);
  const [own, attack] = hate as [number, number];
  const probabilities = new Float32Array(2 * HEADS.length).fill(0.1);
  probabilities[own] = 0.4;
  probabilities[HEADS.length + attack] = 0.7;
  expect(decider(hate, probabilities)).toBe(own);
  expect(decider(hate, probabilities, HEADS.length)).toBe(attack);
});

test('a model without the second head is judged by the first', () => {
  expect(decidingColumns(['hoax', 'hate', 'bullying'])).toEqual({ hoax: [0], hate: [1], bullying: [2] });
});
