import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { harmlessCell, harmlessText } from './harmless.js';

describe('harmlessText', () => {
  it('names what turns or hides text, and leaves the rest as it is', () => {
    expect(harmlessText('a\u202eb\u0000c\u2066')).toBe('a[U+202E]b[U+0000]c[U+2066]');
    const plain = 'Halo, “dunia” 👋\n\tbaris kedua é';
    expect(harmlessText(plain)).toBe(plain);
    expect(harmlessText(`z${'\u0336'.repeat(500)}algo`)).toBe(`z${'\u0336'.repeat(3)}algo`);
  });

  it('leaves nothing that XML 1.0 forbids', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // eslint-disable-next-line no-control-regex
        expect(harmlessText(text)).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/u);
      }),
    );
  });
});

describe('harmlessCell', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1+1', '＠a', '|calc', '"=1"', "'=1"])(
    'keeps %j from being a formula',
    (text) => expect(harmlessCell(text)).toBe(`'${text}`),
  );

  it('leaves an ordinary text alone', () => {
    for (const text of ['halo', 'a=b', 'https://a.example/?q=1', '', '5 = lima']) expect(harmlessCell(text)).toBe(text);
  });
});
