import { useTexts } from '../language.js';
import { signOut, useSession } from '../session.js';

/** Who reads this page, and the way in or out. */
export function AccountCorner() {
  const { account } = useSession();
  const t = useTexts().account;
  if (!account) {
    return (
      <span class="account-corner">
        {t.readsOnly}
        <a href="#/sign-in">{t.signIn}</a>
      </span>
    );
  }
  return (
    <span class="account-corner">
      <bdi>{account.name}</bdi> <small>{t.roles[account.role] ?? account.role}</small>
      <button type="button" class="quiet" onClick={signOut}>
        {t.signOut}
      </button>
    </span>
  );
}
