import type { Role } from '@siaga/storage';

const DESK: readonly Role[] = ['viewer', 'analyst', 'lead', 'admin'];
const ALL: readonly Role[] = [...DESK, 'platform'];

/** Who may do what: the only place that says so. A platform's people are no part of the desk. */
export const PERMISSIONS = {
  /** Flags, campaigns, notices, sources, figures, and the live stream of them. */
  read: DESK,
  /** What a person finds a flag, an audited post or an uncertain delivery to be; queries of one's own. */
  decide: ['analyst', 'lead', 'admin'],
  /** Which campaigns are one and which are two, and what it is that two reviewers differ about. */
  settle: ['lead', 'admin'],
  /** To stop all sending, and to let it go on. */
  'switch-sending': ['lead', 'admin'],
  /** The notices to the account's own platform, and its answers to them. */
  'answer-own-notices': ['platform'],
  /** Who may sign in, and as what. No token has it: one that leaked must not let others in. */
  'manage-accounts': ['admin'],
  /** One's own sessions and tokens. No token has it: one that leaked must not make others. */
  'own-account': ALL,
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof PERMISSIONS;

export const permissionNames = Object.keys(PERMISSIONS) as Permission[];

/** What a token can be given. */
export const tokenPermissions: readonly Permission[] = permissionNames.filter(
  (name) => name !== 'own-account' && name !== 'manage-accounts',
);

export const permissionsOf = (role: Role): ReadonlySet<Permission> =>
  new Set(permissionNames.filter((name) => (PERMISSIONS[name] as readonly Role[]).includes(role)));

/** What who has not signed in may, where a setting lets them in as viewers: what a viewer may, but for what takes an account. */
export const anonymousPermissions: ReadonlySet<Permission> = new Set(
  [...permissionsOf('viewer')].filter((name) => name !== 'own-account'),
);
