import { createContext } from 'preact';
import { useCallback, useContext, useState } from 'preact/hooks';
import type { Permission } from '../auth/permissions.js';
import type { SessionInfo } from '../auth/session-routes.js';
import { loadSession } from './load.js';
import { useWhileVisible } from './use-while-visible.js';

const LINK = /^#sign-in=([\w-]+)$/;
const PERIOD_MS = 15_000;

/** What the feed's own page says in the address when it lets nobody in. */
const REFUSALS = ['stale', 'denied', 'role', 'disabled', 'provider', 'failed'] as const;

export type Refused = 'link' | 'unreachable' | (typeof REFUSALS)[number] | undefined;

/** Whether the fragment asks for the sign-in page, and why the identity provider's word did not do. */
export function signInOf(hash: string): { signIn: boolean; refused?: Refused } {
  const [, why] = /^#\/sign-in(?:\/(\w+))?$/.exec(hash) ?? [undefined, null];
  if (why === null) return { signIn: false };
  const refused = REFUSALS.find((one) => one === why);
  return { signIn: true, ...(refused && { refused }) };
}

/**
 * Signs in by the link that the page was opened with, if it was. Its secret is behind the # because no server, proxy or
 * other page gets to see that; it goes from the address bar too, unless it may still be good.
 */
export async function signInByLink(): Promise<Refused> {
  const link = LINK.exec(location.hash)?.[1];
  if (link === undefined) return undefined;
  const status = await fetch('/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ link }),
  }).then(
    ({ status }) => status,
    () => 0,
  );
  const settled = status >= 200 && status < 500 && status !== 429;
  if (settled) history.replaceState(null, '', location.pathname + location.search);
  if (status === 200) return undefined;
  return settled ? 'link' : 'unreachable';
}

/** The page that follows says whether it worked; first comes the identity provider's, where one has let them in. */
export function signOut(): void {
  const over = () => location.assign('/');
  void fetch('/v1/session', { method: 'DELETE' }).then(async (answer) => {
    if (answer.status !== 200) return over();
    const { continueAt } = (await answer.json()) as { continueAt: string };
    location.assign(continueAt);
  }, over);
}

const NOBODY: SessionInfo = { account: null, permissions: [], identityProvider: null };
export const SessionContext = createContext<SessionInfo>(NOBODY);
export const useSession = (): SessionInfo => useContext(SessionContext);
export const useMay = (permission: Permission): boolean => useSession().permissions.includes(permission);

/**
 * Who is signed in, some seconds old at most while the page can be seen: sessions end, and roles change.
 *
 * @returns undefined until the server has answered once, and `failed` when it has not
 */
export function useSignedIn(): SessionInfo | 'failed' | undefined {
  const [session, setSession] = useState<SessionInfo | 'failed'>();
  const look = useCallback(
    (signal: AbortSignal) =>
      void loadSession(signal).then(
        // The same again renders nothing.
        (next) => setSession((now) => (JSON.stringify(now) === JSON.stringify(next) ? now : next)),
        () => setSession((now) => now ?? 'failed'),
      ),
    [],
  );
  useWhileVisible(look, PERIOD_MS);
  return session;
}
