import type { MatchedClaim } from '@siaga/contracts';
import { deniesClaim, normalisedTokens, stanceOf, stemsOf } from '@siaga/text';
import type { KnownClaims } from './known-claims.js';

/** How often the rules of stanceOf take somebody who spreads a claim for somebody who does not, at most (models/checks/stance). */
export const STANCE_ERROR = 0.1;

export interface ReadHoax {
  readonly score: number;
  /** Debunked claims that the text puts forward. */
  readonly claims: readonly MatchedClaim[];
}

/**
 * The probability that a text spreads a hoax, by what it says and by how: a debunked claim makes it one, and where it makes
 * none its style decides, P = p + (1 - p) x style. Who denies, reports or asks spreads it only as often as the reading of their
 * stance is wrong.
 *
 * @param style the text model's calibrated probability
 * @param flagThreshold below it, a text without a claim is not looked at any further
 */
export function hoaxOf(
  text: string,
  tokens: readonly string[],
  { style, flagThreshold }: { readonly style: number; readonly flagThreshold: number },
  known: KnownClaims,
): ReadHoax {
  const matches = known.match(text, tokens);
  if (matches.length === 0 && style < flagThreshold) return { score: style, claims: [] };
  const claims = spreads(text, matches) ? spread(tokens, matches) : undefined;
  const p = matches[0]?.probability ?? 0;
  const score = p + (1 - p) * style;
  const isSpread = claims !== undefined && (matches.length === 0 || claims.length > 0);
  return isSpread ? { score, claims } : { score: score * STANCE_ERROR, claims: [] };
}

/** Who links the fact-check itself does not spread what it debunks. */
const spreads = (text: string, matches: readonly MatchedClaim[]): boolean =>
  stanceOf(text).stance === 'spreads' && !matches.some(({ url }) => text.includes(url));

/** The claims that the text makes, without those that it denies in so many words. */
function spread(tokens: readonly string[], matches: readonly MatchedClaim[]): readonly MatchedClaim[] {
  if (matches.length === 0) return matches;
  const stems = stemsOf(tokens);
  return matches.filter(({ text }) => !deniesClaim(stems, stemsOf(normalisedTokens(text))));
}
