import type { MatchedClaim } from '@siaga/contracts';
import { deniesClaim, normalisedTokens, stanceOf, stemsOf } from '@siaga/text';
import type { KnownClaims } from './known-claims.js';

/** How often, about, the rules of stanceOf take somebody who spreads a claim for somebody who does not (5 of 40 unseen ones, ADR 29). */
export const STANCE_ERROR = 0.1;

export interface ReadHoax {
  readonly score: number;
  /** Debunked claims that the text puts forward. */
  readonly claims: readonly MatchedClaim[];
  /** It speaks of a debunked claim, whatever it says of it. */
  readonly isKnown: boolean;
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
  if (matches.length === 0 && style < flagThreshold) return { score: style, claims: [], isKnown: false };
  const claims = spreads(text, matches) ? spread(tokens, matches) : undefined;
  const p = matches[0]?.probability ?? 0;
  const score = p + (1 - p) * style;
  const isSpread = claims !== undefined && (matches.length === 0 || claims.length > 0);
  const isKnown = matches.length > 0;
  return isSpread ? { score, claims, isKnown } : { score: score * STANCE_ERROR, claims: [], isKnown };
}

/** Who links the fact-check itself does not spread what it debunks. */
function spreads(text: string, matches: readonly MatchedClaim[]): boolean {
  if (matches.some(({ url }) => text.includes(url))) return false;
  const { stance, cue } = stanceOf(text);
  return stance === 'spreads' || (stance === 'denies' && repeats(cue ?? '', matches));
}

const CALLED_HOAX = /\b(?:hoaks|hoax|bohong)\b/i;

/** Some claims say themselves that a thing is a hoax ("flu burung itu hoaks"): who says so makes the claim. */
const repeats = (cue: string, matches: readonly MatchedClaim[]): boolean =>
  matches.length > 0 && CALLED_HOAX.test(cue) && matches.every(({ text }) => CALLED_HOAX.test(text));

/** The claims that the text makes, without those that it denies in so many words. */
function spread(tokens: readonly string[], matches: readonly MatchedClaim[]): readonly MatchedClaim[] {
  if (matches.length === 0) return matches;
  const stems = stemsOf(tokens);
  return matches.filter(({ text }) => !deniesClaim(stems, stemsOf(normalisedTokens(text))));
}
