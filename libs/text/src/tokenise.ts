/** Tokens of a normalised text, in order; none for the empty text. */
export function tokenise(normalised: string): string[] {
  return normalised === '' ? [] : normalised.split(' ');
}
