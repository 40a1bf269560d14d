import { readSecrets, SettingsError } from '@siaga/runtime';
import { ROLES, type Role } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import type { ClaimNames } from './rank-of-claims.js';

const Claim = (name: string, description: string) => Type.String({ minLength: 1, default: name, description });

/** Signing in by an identity provider; without an issuer there is none. */
export const oidcSettings = {
  SIAGA_FEED_OIDC_ISSUER: Type.Optional(
    Type.String({
      pattern: '^https?://[^?#@]+$',
      description: 'of OpenID Connect, such as https://id.example.org/realms/desk',
    }),
  ),
  SIAGA_FEED_OIDC_CLIENT_ID: Type.Optional(
    Type.String({ minLength: 1, description: 'what the issuer calls this desk' }),
  ),
  SIAGA_FEED_OIDC_LABEL: Type.String({
    default: 'SSO',
    maxLength: 60,
    description: 'what the sign-in page calls the issuer',
  }),
  SIAGA_FEED_OIDC_SCOPE: Type.String({
    default: 'openid profile',
    pattern: '\\bopenid\\b',
    description: 'what is asked for',
  }),
  SIAGA_FEED_OIDC_ROLE_CLAIM: Claim('groups', 'the claim that holds the groups of a person'),
  SIAGA_FEED_OIDC_ROLES: Type.String({
    default: '{}',
    description: 'which group has which role, as JSON: {"desk-leads": "lead", "desk": "analyst"}',
  }),
  SIAGA_FEED_OIDC_DEFAULT_ROLE: Type.Union([Type.Literal('none'), Type.Literal('viewer'), Type.Literal('analyst')], {
    default: 'none',
    description: 'of who is in none of these groups; none lets them not in',
  }),
  SIAGA_FEED_OIDC_PLATFORM_CLAIM: Claim(
    'siaga_platform',
    'the claim that holds the platform of a person of role platform',
  ),
  SIAGA_FEED_OIDC_NAME_CLAIM: Claim('preferred_username', 'the claim that names a new account'),
};

export interface OidcOptions {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the console is reached. */
  readonly publicUrl: URL;
  readonly label: string;
  readonly scope: string;
  readonly claims: ClaimNames;
}

type OidcSettings = Static<Type.TObject<typeof oidcSettings>> & {
  readonly SIAGA_FEED_PUBLIC_URL?: string;
  readonly SIAGA_SECRETS_FILE?: string;
};

const SECRET = 'oidc-client';
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Checks the settings that only make sense together.
 *
 * @returns undefined where no issuer is set
 * @throws SettingsError listing every fault at once
 */
export function oidcOf(settings: OidcSettings): OidcOptions | undefined {
  const { SIAGA_FEED_OIDC_ISSUER: issuer, SIAGA_FEED_OIDC_CLIENT_ID: clientId } = settings;
  if (issuer === undefined) return undefined;
  const faults: string[] = [];
  const found = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      faults.push(...(error instanceof SettingsError ? error.faults : [(error as Error).message]));
      return undefined;
    }
  };
  const need = <T>(name: string, value: T | undefined) => {
    if (value === undefined) faults.push(`${name} is not set, and SIAGA_FEED_OIDC_ISSUER needs it`);
    return value;
  };
  if (!URL.canParse(issuer)) faults.push('SIAGA_FEED_OIDC_ISSUER is no URL');
  else if (new URL(issuer).protocol === 'http:' && !LOOPBACK.has(new URL(issuer).hostname)) {
    faults.push('SIAGA_FEED_OIDC_ISSUER must be https, except on this machine');
  }
  need('SIAGA_FEED_OIDC_CLIENT_ID', clientId);
  const publicUrl = need('SIAGA_FEED_PUBLIC_URL', settings.SIAGA_FEED_PUBLIC_URL);
  const file = need('SIAGA_SECRETS_FILE', settings.SIAGA_SECRETS_FILE);
  const clientSecret = file === undefined ? undefined : found(() => readSecrets(file).get(SECRET));
  const roles = found(() => rolesOf(settings.SIAGA_FEED_OIDC_ROLES));
  if (roles?.size === 0 && settings.SIAGA_FEED_OIDC_DEFAULT_ROLE === 'none') {
    faults.push('SIAGA_FEED_OIDC_ROLES and SIAGA_FEED_OIDC_DEFAULT_ROLE together let nobody in');
  }
  if (faults.length > 0) throw new SettingsError(faults);
  return {
    issuer: new URL(issuer),
    clientId: clientId as string,
    clientSecret: clientSecret as string,
    publicUrl: new URL(publicUrl as string),
    label: settings.SIAGA_FEED_OIDC_LABEL,
    scope: settings.SIAGA_FEED_OIDC_SCOPE,
    claims: {
      name: settings.SIAGA_FEED_OIDC_NAME_CLAIM,
      role: settings.SIAGA_FEED_OIDC_ROLE_CLAIM,
      platform: settings.SIAGA_FEED_OIDC_PLATFORM_CLAIM,
      roles: roles as ReadonlyMap<string, Role>,
      defaultRole: settings.SIAGA_FEED_OIDC_DEFAULT_ROLE === 'none' ? null : settings.SIAGA_FEED_OIDC_DEFAULT_ROLE,
    },
  };
}

function rolesOf(text: string): ReadonlyMap<string, Role> {
  const fault = `SIAGA_FEED_OIDC_ROLES must be a JSON object of groups and roles (${ROLES.join(', ')})`;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new SettingsError([fault]);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw new SettingsError([fault]);
  return new Map(
    Object.entries(content).map(([group, role]) => {
      const known = ROLES.find((one) => one === role);
      if (!known) throw new SettingsError([fault]);
      return [group, known] as const;
    }),
  );
}
