const MAX = 120;

/**
 * Text of a stranger for a terminal: one line, cut, and without the characters that steer it or turn the direction of
 * reading (escape sequences, bidi controls, zero-width ones).
 */
export function terminalText(text: string, max = MAX): string {
  const line = text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
    .trim();
  const characters = [...line];
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : line;
}
