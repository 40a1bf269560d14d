import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessOptions } from './access.js';

type Cookies = Pick<AccessOptions, 'publicUrl'>;

const isSecure = ({ publicUrl }: Cookies) => publicUrl?.protocol === 'https:';

/** A browser takes a `__Host-` cookie from this very host alone, and over https alone. */
const nameOf = (name: string, cookies: Cookies) => (isSecure(cookies) ? `__Host-${name}` : name);

const optionsOf = (cookies: Cookies): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  secure: isSecure(cookies),
  sameSite: 'strict',
});

const SESSION = 'siaga-session';

export const sessionCookieName = (cookies: Cookies): string => nameOf(SESSION, cookies);

export const sessionCookieOf = (request: FastifyRequest, cookies: Cookies): string | undefined =>
  request.cookies[sessionCookieName(cookies)];

export function setSessionCookie(reply: FastifyReply, secret: string, access: AccessOptions): void {
  const maxAge = Math.floor(access.session.lifeMs / 1000);
  reply.setCookie(sessionCookieName(access), secret, { ...optionsOf(access), maxAge });
}

export function clearSessionCookie(reply: FastifyReply, cookies: Cookies): void {
  reply.clearCookie(sessionCookieName(cookies), optionsOf(cookies));
}

const SIGN_IN = 'siaga-sign-in';

/** Of a sign-in at an identity provider that has been started. `Lax`, for the way back comes from another site. */
const signInOptionsOf = (cookies: Cookies): CookieSerializeOptions => ({ ...optionsOf(cookies), sameSite: 'lax' });

export const signInCookieOf = (request: FastifyRequest, cookies: Cookies): string | undefined =>
  request.cookies[nameOf(SIGN_IN, cookies)];

export function setSignInCookie(reply: FastifyReply, state: string, cookies: Cookies, lifeMs: number): void {
  reply.setCookie(nameOf(SIGN_IN, cookies), state, { ...signInOptionsOf(cookies), maxAge: Math.floor(lifeMs / 1000) });
}

export function clearSignInCookie(reply: FastifyReply, cookies: Cookies): void {
  reply.clearCookie(nameOf(SIGN_IN, cookies), signInOptionsOf(cookies));
}
