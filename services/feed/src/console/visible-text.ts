/** A run of text, or a character that would act on the text around it and is shown as a mark instead. */
export type Visible = string | { readonly hidden: string };

/** Overrides, embeddings and isolates turn text around; control characters have no business in a post. */
// eslint-disable-next-line no-control-regex
const ACTING = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** More than three marks on one letter climb over the lines above ("zalgo"). */
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;

/** Makes a piece of a post safe to look at; React-style escaping makes it safe to render. */
export function visibleText(text: string): Visible[] {
  return text
    .replace(STACKED_MARKS, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .split(new RegExp(`(${ACTING.source})`, 'u'))
    .filter((part) => part !== '')
    .map((part) => (part.length === 1 && ACTING.test(part) ? { hidden: codeOf(part) } : part));
}

function codeOf(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
