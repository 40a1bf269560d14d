import { useEffect, useState } from 'preact/hooks';
import { App } from './app.js';
import { SignInPage } from './components/sign-in-page.js';
import { SessionContext, signInOf, useSignedIn, type Refused } from './session.js';
import type { SessionInfo } from '../auth/session-routes.js';
import { viewsFor } from './views.js';

const UNKNOWN: SessionInfo = { account: null, permissions: ['read'], identityProvider: null };

/** The console for whoever may read, and the way in for everybody else. */
export function Root({ refused: byLink }: { refused: Refused }) {
  const session = useSignedIn();
  const { signIn, refused = byLink } = signInOf(useHash());
  if (session === undefined) return null;
  // Without an answer nobody knows; the app itself says that the server is out of reach, and until when.
  if (session === 'failed') {
    return (
      <SessionContext.Provider value={UNKNOWN}>
        <App />
      </SessionContext.Provider>
    );
  }
  const maySee = viewsFor(session.permissions).length > 0;
  const wantsIn = !session.account && (signIn || refused !== undefined);
  return (
    <SessionContext.Provider value={session}>
      {maySee && !wantsIn ? <App /> : <SignInPage refused={refused} maySee={maySee} />}
    </SessionContext.Provider>
  );
}

function useHash(): string {
  const [hash, setHash] = useState(() => location.hash);
  useEffect(() => {
    const onHash = () => setHash(location.hash);
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);
  return hash;
}
