import type { Category, MatchedClaim } from '@siaga/contracts';
import { normalisedTokens } from '@siaga/text';
import type { PlatformPolicy, Policy, QuietRule } from './policy.js';

/** A flag as far as policy looks at it. */
export interface Flagged {
  readonly category: Category;
  readonly score: number;
  readonly escalateThreshold: number;
  readonly labels: Readonly<Record<string, number>> | null;
  /** What fact-checkers have debunked and the post repeats. */
  readonly claims: readonly MatchedClaim[] | null;
  readonly platform: string;
  readonly url: string | null;
  readonly text: string;
}

/** To whom a post may be reported at all, and how soon it should be dealt with. */
export interface Destination {
  readonly platform: PlatformPolicy;
  readonly urgency: string;
}

/** What policy says of a flag: a notice without a person, or what it waits for. */
export type Verdict =
  | { readonly kind: 'send'; readonly destination: Destination }
  /** Nobody can be told, not even by a person's decision. */
  | { readonly kind: 'nowhere'; readonly why: string }
  | { readonly kind: 'person'; readonly destination: Destination; readonly why: string };

const LABEL_APPLIES = 0.5;

/**
 * Pure: daily limits and what was reported before are the recorder's to check.
 *
 * @param overBudget the platforms that nothing goes to without a person, because too much was wrong
 */
export function decide(policy: Policy, flag: Flagged, overBudget: ReadonlySet<string> = new Set()): Verdict {
  const { category, score, labels, url } = flag;
  const platform = Object.hasOwn(policy.platforms, flag.platform) ? policy.platforms[flag.platform] : undefined;
  if (!platform) return { kind: 'nowhere', why: `the policy does not know the platform ${flag.platform}` };
  if (url === null) return { kind: 'nowhere', why: 'the post has no address, which a notice must name' };
  if (!platform.accepts.includes(category)) return { kind: 'nowhere', why: `${platform.name} takes no ${category}` };

  const rules = policy.categories[category];
  const [label, special] =
    Object.entries(rules.labels ?? {}).find(([name, { from }]) => (labels?.[name] ?? 0) >= from) ?? [];
  const destination = { platform, urgency: special?.urgency ?? rules.urgency };
  const person = (why: string): Verdict => ({ kind: 'person', destination, why });
  const what = label === undefined ? category : `${category} with the label ${label}`;
  const automatic = special?.automatic ?? rules.automatic;
  if (automatic === false) return person(`a person must decide on ${what}`);
  if (automatic === 'matched' && !flag.claims?.length) {
    return person(`a person must decide on ${what} that repeats no claim which a fact-checker has debunked`);
  }
  const from = Math.max(flag.escalateThreshold, special?.threshold ?? rules.threshold ?? 0);
  if (score < from) return person(`its score ${score} is below ${from}, from which ${what} needs no person`);
  const quiet = policy.quiet.find((rule) => isQuiet(rule, flag));
  if (quiet) return person(`it may be ${quiet.name}`);
  if (overBudget.has(flag.platform)) return person(`${platform.name} has rejected or disputed too much of late`);
  return { kind: 'send', destination };
}

function isQuiet({ words, unless }: QuietRule, { text, labels }: Flagged): boolean {
  if (unless.some((label) => (labels?.[label] ?? 0) >= LABEL_APPLIES)) return false;
  const tokens = new Set(normalisedTokens(text));
  return words.some((word) => tokens.has(word));
}
