import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { terminalText } from './terminal-text.js';

test('text for a terminal is one line of harmless characters, for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const shown = terminalText(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\n]/u);
      expect([...shown].length).toBeLessThanOrEqual(120);
    }),
  );
  expect(terminalText('dua\nbaris 🙏')).toBe('dua baris 🙏');
});
