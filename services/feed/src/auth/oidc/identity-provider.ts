import * as client from 'openid-client';
import type { StartedSignIn } from '@siaga/storage';
import type { OidcOptions } from './oidc-settings.js';
import type { Claims } from './rank-of-claims.js';

export const CALLBACK = '/v1/sign-in/oidc/callback';

/** Why somebody is not let in: the provider cannot be asked, says no, or its answer does not hold. */
export type Refusal = 'provider' | 'denied' | 'failed';

export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  constructor(
    readonly why: Refusal,
    cause: unknown,
  ) {
    super(`sign-in refused: ${why}`, { cause });
  }
}

export interface IdentityProvider {
  /**
   * @param state what brings them back
   * @returns where the browser goes to sign in
   * @throws SignInRefused
   */
  signInUrl(state: string, started: Pick<StartedSignIn, 'nonce' | 'codeVerifier'>): Promise<URL>;
  /**
   * What the provider says of who came back with this query.
   *
   * @throws SignInRefused
   */
  claimsOf(query: string, started: StartedSignIn & { readonly state: string }): Promise<Claims & { sub: string }>;
  /** Where the browser goes to sign out there too; undefined where the provider has no such place, or cannot be asked. */
  signOutUrl(): Promise<URL | undefined>;
}

const TIMEOUT_SECONDS = 8;
/** Whoever would be sent to a provider that is down meanwhile hears of it from us. */
const FOUND_FOR_MS = 60_000;

/** It is found when it is needed, so that a provider which is down does not keep the desk from starting. */
export function identityProvider(options: OidcOptions, now: () => number = Date.now): IdentityProvider {
  const { issuer, clientId, clientSecret, publicUrl, scope } = options;
  const redirectUri = new URL(CALLBACK, publicUrl).href;
  let found: Promise<client.Configuration> | undefined;
  let foundAt = 0;
  const discover = () => {
    if (found && now() - foundAt < FOUND_FOR_MS) return found;
    foundAt = now();
    found = client
      .discovery(issuer, clientId, clientSecret, client.ClientSecretBasic(clientSecret), {
        timeout: TIMEOUT_SECONDS,
        // The settings let http pass on this machine alone.
        execute: issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [],
      })
      .catch((error: unknown) => {
        found = undefined;
        throw new SignInRefused('provider', error);
      });
    return found;
  };
  return {
    async signInUrl(state, { nonce, codeVerifier }) {
      return client.buildAuthorizationUrl(await discover(), {
        ...{ redirect_uri: redirectUri, scope, state, nonce },
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      });
    },
    async claimsOf(query, { state, nonce, codeVerifier }) {
      const configuration = await discover();
      try {
        const tokens = await client.authorizationCodeGrant(configuration, new URL(`${redirectUri}${query}`), {
          ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier, idTokenExpected: true },
        });
        const claims = tokens.claims() as client.IDToken;
        // Some tell groups only here. What the signed token says stands.
        const { userinfo_endpoint: more } = configuration.serverMetadata();
        return more === undefined
          ? claims
          : { ...(await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims };
      } catch (error) {
        throw new SignInRefused(whyOf(error), error);
      }
    },
    async signOutUrl() {
      const configuration = await discover().catch(() => undefined);
      if (configuration?.serverMetadata().end_session_endpoint === undefined) return undefined;
      return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: new URL('/', publicUrl).href });
    },
  };
}

function whyOf(error: unknown): Refusal {
  if (error instanceof client.AuthorizationResponseError) return error.error === 'access_denied' ? 'denied' : 'failed';
  if (error instanceof client.ResponseBodyError) return error.status >= 500 ? 'provider' : 'failed';
  return causesOf(error).some(isOutOfReach) ? 'provider' : 'failed';
}

/** No connection, no answer in time, or a page of a proxy's before it. */
const isOutOfReach = ({ message, code = '' }: Cause): boolean =>
  message === 'fetch failed' || ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'].includes(code);

interface Cause {
  readonly message?: string;
  readonly code?: string;
  readonly cause?: unknown;
}

const causesOf = (error: unknown): Cause[] =>
  typeof error === 'object' && error !== null ? [error, ...causesOf((error as Cause).cause)] : [];
