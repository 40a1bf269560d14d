const LETTER = /^\p{L}$/u;

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** A letter of any script; `code` is a code point, or NaN past the end of a string. ASCII is answered without a regular expression. */
export function isLetter(code: number): boolean {
  if (!(code >= 128)) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  return LETTER.test(String.fromCodePoint(code));
}

export const isUpperAscii = (code: number): boolean => code >= 65 && code <= 90;

/** Pictographs, dingbats, symbols, regional indicators; skin tones are not emoji of their own. */
export function isEmoji(code: number): boolean {
  return (
    (code >= 0x1f000 && code <= 0x1faff && !isSkinTone(code)) ||
    (code >= 0x2600 && code <= 0x27bf) ||
    (code >= 0x2b05 && code <= 0x2b55) ||
    code === 0x203c ||
    code === 0x2049 ||
    code === 0x2764
  );
}

export const isSkinTone = (code: number): boolean => code >= 0x1f3fb && code <= 0x1f3ff;

export const isVowel = (letter: string | undefined): boolean =>
  letter !== undefined && letter.length === 1 && 'aiueo'.includes(letter);
