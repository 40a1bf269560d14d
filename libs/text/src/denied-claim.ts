const NEGATIONS = new Set(['tidak', 'bukan', 'tak', 'ora', 'teu', 'tanpa', 'nggak']);
const SPLITTERS = new Set(['pernah', 'akan', 'ada', 'bisa', 'dapat', 'sedang', 'jadi', 'benar', 'lagi', 'mau']);
/** Stems that a claim and its denial need to share before a negation between them says anything. */
const SHARED_AT_LEAST = 3;

/**
 * Whether a post denies a claim by its own words: a stem of the claim stands right after a negation in one and without any in
 * the other ("menara itu menyebarkan virus", "menara itu tidak menyebarkan virus").
 *
 * @param post stems in order, negations among them as they are
 * @param claim the same of the claim
 */
export function deniesClaim(post: readonly string[], claim: readonly string[]): boolean {
  const [inPost, inClaim] = [negated(post), negated(claim)];
  const shared = [...inPost.keys()].filter((stem) => inClaim.has(stem));
  if (shared.length < SHARED_AT_LEAST) return false;
  return shared.some((stem) => inPost.get(stem) !== inClaim.get(stem));
}

/** Each stem, and whether it is ever negated. */
function negated(stems: readonly string[]): Map<string, boolean> {
  const found = new Map<string, boolean>();
  let open = false;
  for (const stem of stems) {
    if (NEGATIONS.has(stem)) open = true;
    else if (!SPLITTERS.has(stem)) {
      if (stem.length > 3) found.set(stem, (found.get(stem) ?? false) || open);
      open = false;
    }
  }
  return found;
}
