import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { safeLink } from './safe-link.js';
import { textSegments } from './text-segments.js';
import { visibleText } from './visible-text.js';

describe('safeLink', () => {
  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://a/b',
    '//example.org',
    'example.org',
    '',
  ])('refuses %j', (url) => {
    expect(safeLink(url)).toBeUndefined();
  });

  it('never lets another protocol through', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (url) => {
        const link = safeLink(url);
        if (link) expect(link.href).toMatch(/^https?:\/\//);
      }),
    );
  });

  it('shows a look-alike host for what it is', () => {
    expect(safeLink('https://раypal.com/masuk')).toMatchObject({
      ...{ host: 'xn--ypal-43d9g.com', path: '/masuk', lookAlike: true },
    });
    expect(safeLink('https://paypal.com/masuk')).toMatchObject({ lookAlike: false });
  });

  it('shows the host that counts, not the name in front of it', () => {
    expect(safeLink('https://kominfo.go.id@evil.invalid/')?.host).toBe('evil.invalid');
  });

  it('shows only the beginning of a long path', () => {
    expect(safeLink(`https://a.id/${'x'.repeat(900)}`)?.path.length).toBeLessThan(40);
  });
});

describe('visibleText', () => {
  it('shows what would turn the text around', () => {
    expect(visibleText('aman \u202egnp.exe')).toEqual(['aman ', { hidden: 'U+202E' }, 'gnp.exe']);
    expect(visibleText('a\u0000b\u2066c')).toEqual(['a', { hidden: 'U+0000' }, 'b', { hidden: 'U+2066' }, 'c']);
  });

  it('keeps letters with their marks, emoji and Arabic as they are', () => {
    for (const text of ['é e\u0301', '👩\u200d👩\u200d👧', 'السلام', 'tab\tdan\nbaris'])
      expect(visibleText(text)).toEqual([text]);
  });

  it('cuts down stacked marks and empty lines', () => {
    expect(visibleText(`z${'\u0336'.repeat(500)}algo`)).toEqual([`z${'\u0336'.repeat(3)}algo`]);
    expect(visibleText(`a${'\n'.repeat(500)}b`)).toEqual(['a\n\nb']);
  });

  it('leaves nothing that acts on its surroundings, whatever comes in', () => {
    const piece = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u202e', '\u2067', '\u001b[2J', '\u0301'));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        for (const part of visibleText(pieces.join(''))) {
          if (typeof part === 'string') expect(part).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|(?![\t\n\r])\p{Cc}/u);
        }
      }),
    );
  });
});

describe('textSegments', () => {
  it('gives the whole text back, with its words marked', () => {
    const segments = textSegments('dasar goblok kamu', [{ start: 6, end: 12, weight: 2 }], 100);
    expect(segments).toEqual([
      { text: 'dasar ', weight: 0, strength: 0 },
      { text: 'goblok', weight: 2, strength: 1 },
      { text: ' kamu', weight: 0, strength: 0 },
    ]);
  });

  it('does not mark what hardly weighed', () => {
    const highlights = [
      { start: 0, end: 1, weight: 2 },
      { start: 2, end: 3, weight: 0.1 },
    ];
    expect(textSegments('a b', highlights, 9).map(({ text }) => text)).toEqual(['a', ' b']);
  });

  it('cuts at the limit and never inside a character', () => {
    expect(textSegments('aa😀', [], 3)).toEqual([{ text: 'aa', weight: 0, strength: 0 }]);
    expect(textSegments('kata kata', [{ start: 5, end: 9, weight: 1 }], 7).map(({ text }) => text)).toEqual([
      'kata ka',
    ]);
  });

  it('survives highlights that overlap or lie outside', () => {
    const range = fc.record({
      start: fc.nat(40),
      end: fc.nat(40),
      weight: fc.double({ min: -3, max: 3, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.array(range), fc.nat(40), (text, highlights, limit) => {
        const shown = textSegments(text, highlights, limit)
          .map((segment) => segment.text)
          .join('');
        expect(text.startsWith(shown)).toBe(true);
      }),
    );
  });
});
