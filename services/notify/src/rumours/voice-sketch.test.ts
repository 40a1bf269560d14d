import { describe, expect, it } from '@jest/globals';
import { addVoice, countVoices, emptySketch, voiceHash } from './voice-sketch.js';

const sketchOf = (voices: readonly string[]) => {
  const sketch = emptySketch();
  for (const voice of voices) addVoice(sketch, voiceHash(voice));
  return sketch;
};
const voices = (n: number, prefix = 'akun') => Array.from({ length: n }, (_, i) => `${prefix}-${i}`);

describe('the sketch of voices', () => {
  it.each([0, 1, 3, 10, 40])('is as good as exact for %d', (n) => {
    expect(Math.abs(Math.round(countVoices(sketchOf(voices(n)))) - n)).toBeLessThanOrEqual(1);
  });

  it.each([300, 1_000, 30_000, 1_000_000])('is within three standard errors for %d', (n) => {
    expect(Math.abs(countVoices(sketchOf(voices(n))) / n - 1)).toBeLessThan(3 * 0.065);
  });

  it('counts a voice once, however often it speaks', () => {
    expect(sketchOf([...voices(20), ...voices(20), ...voices(20)])).toEqual(sketchOf(voices(20)));
  });
});
