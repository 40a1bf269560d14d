import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Provider, type Configuration } from 'oidc-provider';
import type { OidcOptions } from './oidc-settings.js';
import { CALLBACK } from './identity-provider.js';

export const CLIENT = { id: 'siaga-desk', secret: 'a secret of the tests' };

export interface RunningProvider {
  /** Another site than the feed's, as in life: `localhost`, where that is 127.0.0.1. */
  readonly issuer: URL;
  /** What is told of a person, by the name that they sign in with. Nothing is known of others. */
  readonly people: Map<string, Readonly<Record<string, unknown>>>;
  stop(): Promise<void>;
}

/** A real provider with a login form of its own, which believes every password. */
export async function startProvider(publicUrl: string): Promise<RunningProvider> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = new URL(`http://localhost:${(server.address() as AddressInfo).port}`);
  const people: RunningProvider['people'] = new Map();
  const configuration: Configuration = {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${publicUrl}${CALLBACK}`],
        post_logout_redirect_uris: [`${publicUrl}/`],
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups', 'siaga_platform'] },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    pkce: { required: () => true },
    cookies: { keys: ['of the tests'] },
  };
  const provider = quietly(() => new Provider(issuer.origin, configuration));
  server.on('request', provider.callback());
  return {
    issuer,
    people,
    async stop() {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const oidcAt = (issuer: URL, publicUrl: string): OidcOptions => ({
  ...{ issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, publicUrl: new URL(publicUrl) },
  ...{ label: 'Kantor Contoh', scope: 'openid profile' },
  claims: {
    ...{ name: 'preferred_username', role: 'groups', platform: 'siaga_platform' },
    roles: new Map([
      ['meja', 'analyst'],
      ['ketua', 'lead'],
      ['mitra', 'platform'],
    ]),
    defaultRole: null,
  },
});

/**
 * Signs in at the provider, as a browser does: its forms, its cookies, its redirects.
 *
 * @param url where our side sends the browser
 * @returns where the provider sends it back
 */
export async function signInAtProvider(url: string, login: string): Promise<URL> {
  const jar = new Map<string, string>();
  const { origin } = new URL(url);
  let next = new URL(url);
  let form: URLSearchParams | undefined;
  for (let steps = 0; steps < 12; steps++) {
    const answer = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: form }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    form = undefined;
    const location = answer.headers.get('location');
    if (location !== null) {
      next = new URL(location, next);
      if (next.origin !== origin) return next;
      continue;
    }
    const page = await answer.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (prompt === undefined) throw new Error(`the provider answers ${answer.status}: ${page.slice(0, 300)}`);
    form = new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'any' } : { prompt });
  }
  throw new Error('the provider leads in circles');
}

/** It says at length that its forms, its keys and its memory are not for production. */
function quietly<T>(work: () => T): T {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return work();
  } finally {
    console.warn = warn;
  }
}
