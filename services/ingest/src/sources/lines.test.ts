import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LineSplitter } from './lines.js';

function split(text: Buffer, chunkSizes: readonly number[], maxBytes = 1_000) {
  const splitter = new LineSplitter(0, maxBytes);
  const lines = [];
  let at = 0;
  for (const size of [...chunkSizes, text.length]) {
    lines.push(...splitter.push(text.subarray(at, at + size)));
    at += size;
  }
  return [...lines, ...splitter.final()];
}

describe('LineSplitter', () => {
  it('gives the same lines however the bytes are cut, and offsets that lead back to them', () => {
    const content = fc
      .array(fc.string({ unit: 'grapheme', maxLength: 20 }).map((line) => line.replace(/\n/g, '')))
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(content, fc.array(fc.integer({ min: 1, max: 9 })), (text, sizes) => {
        const bytes = Buffer.from(text);
        const lines = split(bytes, sizes);
        const wanted = text.split('\n');
        if (wanted.at(-1) === '') wanted.pop();
        expect(lines.map((line) => line.bytes.toString())).toEqual(wanted);
        for (const line of lines) {
          const start = bytes.subarray(0, line.end).length - line.length - (bytes[line.end - 1] === 10 ? 1 : 0);
          expect(bytes.subarray(start, start + line.length)).toEqual(line.bytes);
        }
      }),
    );
  });

  it('keeps no more of a long line than it may, and says how long it was', () => {
    const [long, next] = split(Buffer.from(`${'x'.repeat(500)}\nnext`), Array(60).fill(10), 100);
    expect([long?.bytes.length, long?.length, next?.bytes.toString()]).toEqual([100, 500, 'next']);
  });
});
