import { useLanguage } from '../language.js';
import { signInOf, signOut, useSession, type Refused } from '../session.js';
import { LANGUAGES } from '../texts.js';

const COMMAND = 'npm run accounts -- link NAME';

export function SignInPage({ refused, maySee }: { refused: Refused; maySee: boolean }) {
  const [language] = useLanguage();
  const { account, identityProvider } = useSession();
  const t = LANGUAGES[language].account;
  return (
    <main class="sign-in">
      <h1>{t.signInTitle}</h1>
      {refused && <p role="alert">{t.refused[refused]}</p>}
      {account ? (
        <>
          <p role="status">
            <bdi>{account.name}</bdi> ({t.roles[account.role] ?? account.role}): {t.mayNot}
          </p>
          <button type="button" class="solid" onClick={signOut}>
            {t.signOut}
          </button>
        </>
      ) : (
        <>
          {identityProvider !== null && (
            <a class="sign-in-by" href={signInAddress()}>
              {t.signInBy(identityProvider)}
            </a>
          )}
          <p>{identityProvider === null ? t.byLink : t.orByLink}</p>
          <pre tabIndex={0}>{COMMAND}</pre>
        </>
      )}
      {maySee && <a href="/">{t.back}</a>}
    </main>
  );
}

/** There, and back to this very place. */
function signInAddress(): string {
  const { search, hash } = location;
  const place = `/${search}${signInOf(hash).signIn ? '' : hash}`;
  return `/v1/sign-in/oidc?${new URLSearchParams({ return: place })}`;
}
