import { retry } from '@siaga/outgoing';
import { retryAfterMs, type OutboundClient, type OutboundResponse } from '@siaga/runtime';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { jsonOf } from '../../json-of.js';
import type { SendResult } from '../channel.js';

/** The answer to a call; `error` is the lexicon's name of what went wrong. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly error: string | undefined;
  readonly message: string | undefined;
  /** How long the server asks to be left alone. */
  readonly afterMs: number | undefined;
}

export interface Query {
  readonly params?: Readonly<Record<string, string>>;
  /** Makes it a procedure instead of a query. */
  readonly body?: object;
  /** The service that the PDS passes the call on to. */
  readonly proxy?: string;
}

export type NotLetIn = Extract<SendResult, { kind: 'retry' | 'failed' }>;

export interface Session {
  /**
   * Signs in, or makes sure that the server still takes what we have: before a report, which must not be the call that
   * finds out.
   */
  ready(): Promise<NotLetIn | undefined>;
  /** @throws OutboundError, TransientError as the client does */
  call(method: string, query?: Query): Promise<Answer>;
}

const Tokens = Compile(Type.Object({ accessJwt: Type.String(), refreshJwt: Type.String() }));
const Failure = Compile(Type.Object({ error: Type.String(), message: Type.Optional(Type.String()) }));
const LONGEST_WAIT_MS = 60 * 60 * 1000;

/** An account's session on its PDS, kept in memory. */
export function session({
  service,
  identifier,
  password,
  client,
}: {
  service: string;
  identifier: string;
  password: string;
  client: OutboundClient;
}): Session {
  let tokens: { accessJwt: string; refreshJwt: string } | undefined;
  let checking: Promise<NotLetIn | undefined> | undefined;

  async function request(method: string, { params, body, proxy }: Query, token?: string): Promise<Answer> {
    const url = new URL(`/xrpc/${method}`, service);
    url.search = new URLSearchParams(params).toString();
    const headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(proxy === undefined ? {} : { 'atproto-proxy': proxy }),
    };
    return answerOf(
      await client.request(url.href, {
        method: body === undefined && method !== REFRESH ? 'GET' : 'POST',
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  }

  async function check(): Promise<NotLetIn | undefined> {
    try {
      if (tokens) {
        const answer = await request('com.atproto.server.getSession', {}, tokens.accessJwt);
        if (answer.status === 200) return undefined;
        if (!isTokenFault(answer)) return notLetIn(answer);
        const refreshed = await request(REFRESH, {}, tokens.refreshJwt);
        if (take(refreshed)) return undefined;
        if (!isTokenFault(refreshed)) return notLetIn(refreshed);
        tokens = undefined;
      }
      const opened = await request('com.atproto.server.createSession', { body: { identifier, password } });
      return take(opened) ? undefined : notLetIn(opened);
    } catch (error) {
      // Nothing was reported yet.
      return { kind: 'retry', error: (error as Error).message };
    }
  }

  function take({ status, body }: Answer): boolean {
    if (status !== 200 || !Tokens.Check(body)) return false;
    tokens = { accessJwt: body.accessJwt, refreshJwt: body.refreshJwt };
    return true;
  }

  return {
    // A refresh token works once: deliveries at the same time share one look.
    ready: () => (checking ??= check().finally(() => (checking = undefined))),
    call: (method, query = {}) => request(method, query, tokens?.accessJwt),
  };
}

const REFRESH = 'com.atproto.server.refreshSession';

/** Whether the server refused the token, and so has done nothing. */
export const isTokenFault = ({ status, error }: Answer): boolean =>
  (status === 400 || status === 401) && (error === 'ExpiredToken' || error === 'InvalidToken');

function notLetIn({ status, error, afterMs }: Answer): NotLetIn {
  const what = `the account's server answers ${status}${error === undefined ? '' : ` ${error}`} to signing in`;
  if (status === 429 || status >= 500) return retry(what, afterMs);
  return { kind: 'failed', error: `${what}: check its identifier and app password` };
}

function answerOf({ status, header, body }: OutboundResponse): Answer {
  const json = jsonOf(body);
  const failure = Failure.Check(json) ? json : undefined;
  return {
    status,
    body: json,
    error: failure?.error.slice(0, 60),
    message: failure?.message?.slice(0, 200),
    afterMs: waitMs(header),
  };
}

/** A PDS gives the time at which its limit is lifted, in seconds since 1970, as `ratelimit-reset`. */
function waitMs(header: (name: string) => string | null): number | undefined {
  const reset = header('ratelimit-reset');
  if (header('ratelimit-remaining') !== '0' || reset === null || !/^\d{1,12}$/.test(reset)) return retryAfterMs(header);
  return Math.min(LONGEST_WAIT_MS, Math.max(0, Number(reset) * 1000 - Date.now()));
}
