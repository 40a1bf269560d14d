import { useEffect, useState } from 'preact/hooks';
import { App } from './app.js';
import { SignInPage } from './components/sign-in-page.js';
import { SessionContext, useSignedIn, type Refused } from './session.js';

const SIGN_IN = '#/sign-in';

/** The console for whoever may read, and the way in for everybody else. */
export function Root({ refused }: { refused: Refused }) {
  const session = useSignedIn();
  const hash = useHash();
  if (session === undefined) return null;
  // Without an answer nobody knows; the app itself says that the server is out of reach, and until when.
  if (session === 'failed') return <App />;
  const mayRead = session.permissions.includes('read');
  const wantsIn = !session.account && (hash === SIGN_IN || refused !== undefined);
  return (
    <SessionContext.Provider value={session}>
      {mayRead && !wantsIn ? <App /> : <SignInPage refused={refused} mayRead={mayRead} />}
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
