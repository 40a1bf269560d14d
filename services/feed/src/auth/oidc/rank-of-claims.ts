import type { Rank, Role } from '@siaga/storage';

/** Which claims say what somebody is. */
export interface ClaimNames {
  readonly name: string;
  readonly role: string;
  readonly platform: string;
  /** By group. */
  readonly roles: ReadonlyMap<string, Role>;
  /** Of who is in no such group; null lets them not in. */
  readonly defaultRole: Role | null;
}

export type Claims = Readonly<Record<string, unknown>>;

/** Of several groups the one that may most counts. */
const MOST_FIRST: readonly Role[] = ['admin', 'lead', 'analyst', 'viewer'];
/** As the policy names platforms. */
const PLATFORM = /^[a-z0-9][a-z0-9.-]{0,62}$/;

/**
 * What an identity provider's claims make of somebody.
 *
 * @returns undefined when they are nobody here: no group of theirs has a role, a platform's account without a platform, or
 *   somebody of a platform who would be of the desk too
 */
export function rankOfClaims(claims: Claims, { role, platform, roles, defaultRole }: ClaimNames): Rank | undefined {
  const groups = listOf(claims[role]);
  const has = new Set(groups.flatMap((group) => roles.get(group) ?? []));
  const desk = MOST_FIRST.find((one) => has.has(one));
  if (has.has('platform')) {
    const own = claims[platform];
    return desk === undefined && typeof own === 'string' && PLATFORM.test(own)
      ? { role: 'platform', platform: own }
      : undefined;
  }
  const found = desk ?? defaultRole;
  return found === null ? undefined : { role: found, platform: null };
}

/** A claim of groups is a list, or one group. */
function listOf(claim: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return list.filter((one) => typeof one === 'string');
}

const NAME_MAX = 100;
/** What a person can read on one line. */
const ONE_LINE = /^[^\p{C}\u2028\u2029]+$/u;

/** What a new account is called: the claim, where it can be read, else who they are to the provider. */
export function nameOfClaims(claims: Claims, { name }: ClaimNames): string {
  for (const claim of [claims[name], claims.sub]) {
    const words = typeof claim === 'string' ? claim.normalize('NFKC').trim() : '';
    if (words.length <= NAME_MAX && ONE_LINE.test(words)) return words;
  }
  return 'oidc';
}
