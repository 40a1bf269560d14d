/** Characters that turn the text around them, and controls that have no business in a post; XML forbids most of these. */
const ACTING =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;
/** More than three marks on one letter climb over the lines above ("zalgo"). */
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;
/** How spreadsheets begin a formula; some take the full-width signs of East Asian keyboards for the same. */
const FORMULA = /^[\s"']*[=+\-@|%\uff0b\uff0d\uff1d\uff20]/u;

/** A post's text for readers that show it as it is: what acts on the text around it is named instead, as `[U+202E]`. */
export function harmlessText(text: string): string {
  return text.replace(STACKED_MARKS, '$1').replace(ACTING, (character) => `[U+${hex(character)}]`);
}

/** The same for a cell of a spreadsheet, which must not take it for a formula. */
export function harmlessCell(text: string): string {
  const shown = harmlessText(text);
  return FORMULA.test(shown) || /^[\t\r\n]/.test(shown) ? `'${shown}` : shown;
}

const hex = (character: string) => character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
