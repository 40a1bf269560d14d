import { useLanguage } from '../language.js';
import { signOut, useSession, type Refused } from '../session.js';
import { LANGUAGES } from '../texts.js';

const COMMAND = 'npm run accounts -- link NAME';

export function SignInPage({ refused, maySee }: { refused: Refused; maySee: boolean }) {
  const [language] = useLanguage();
  const { account } = useSession();
  const t = LANGUAGES[language].account;
  return (
    <main class="sign-in">
      <h1>{t.signInTitle}</h1>
      {refused && <p role="alert">{refused === 'link' ? t.refused : t.unreachable}</p>}
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
          <p>{t.byLink}</p>
          <pre tabIndex={0}>{COMMAND}</pre>
        </>
      )}
      {maySee && <a href="/">{t.back}</a>}
    </main>
  );
}
