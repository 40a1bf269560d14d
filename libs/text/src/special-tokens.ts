/** What normalise() puts in place of things whose wording does not matter. Angle brackets keep them apart from words. */
export const SPECIAL_TOKENS = ['<url>', '<user>', '<email>', '<num>', '<tag>', '<caps>'] as const;

export type SpecialToken = (typeof SPECIAL_TOKENS)[number];

/** The special token that starts at `at` in `text`, whatever its case, or undefined. */
export function specialTokenAt(text: string, at: number): SpecialToken | undefined {
  for (const token of SPECIAL_TOKENS) {
    if (text.length - at >= token.length && text.slice(at, at + token.length).toLowerCase() === token) return token;
  }
  return undefined;
}

/** Placeholders that published data sets and exports put in place of handles and links. Case matters: "user" is a word. */
export const PLACEHOLDERS: ReadonlyMap<string, SpecialToken> = new Map<string, SpecialToken>([
  ['USER', '<user>'],
  ['USERNAME', '<user>'],
  ['URL', '<url>'],
  ['LINK', '<url>'],
]);
