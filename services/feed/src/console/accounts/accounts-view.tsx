import { useState } from 'preact/hooks';
import type { AccountItem, Invitation } from '../../auth/account-routes.js';
import { ListState } from '../components/list-state.js';
import { ShownOnce } from '../components/shown-once.js';
import { ViewHeading } from '../components/view-heading.js';
import { useTextsOf } from '../language.js';
import { changeAccount, inviteAccount, makeSignInLink } from '../load.js';
import { detailOf } from '../saved-queries.js';
import { ACCOUNTS } from '../texts/accounts.js';
import { AccountRow } from './account-row.js';
import { RankFields, rankOf } from './rank-fields.js';
import { useAccounts } from './use-accounts.js';
import '../styles/rows.css';
import '../styles/tokens.css';
import '../styles/accounts.css';

/** Who may sign in, as what, and when they last did; for those who run the desk. */
export function AccountsView() {
  const t = useTextsOf(ACCOUNTS);
  const [name, setName] = useState('');
  const { page, more, put } = useAccounts(name.trim());
  const [invited, setInvited] = useState<Invitation>();
  const [failure, setFailure] = useState('');
  const [invitations, setInvitations] = useState(0);

  const run = async (work: () => Promise<AccountItem>) => {
    setFailure('');
    setInvited(undefined);
    try {
      put(await work());
      return true;
    } catch (error) {
      setFailure(detailOf(error) ?? t.failed);
      return false;
    }
  };
  const show = (invitation: Invitation): AccountItem => {
    setInvited(invitation);
    return invitation.account;
  };
  const invite = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const wanted = { name: String(fields.get('name')).trim(), ...rankOf(fields) };
    if (await run(async () => show(await inviteAccount(wanted)))) setInvitations((now) => now + 1);
  };
  return (
    <main class="accounts-view">
      <ViewHeading>{t.title}</ViewHeading>
      <form key={invitations} class="account-form" aria-label={t.invite} onSubmit={(event) => void invite(event)}>
        <label>
          {t.name}
          <input name="name" required maxLength={200} pattern=".*\S.*" autocomplete="off" />
        </label>
        <RankFields role="analyst" platform={null} />
        <button type="submit" class="solid">
          {t.invite}
        </button>
      </form>
      {failure && <p role="alert">{failure}</p>}
      {invited && (
        <section aria-label={t.madeFor(invited.account.name)}>
          <h3>{t.madeFor(invited.account.name)}</h3>
          <ShownOnce key={invited.link} secret={new URL(invited.link, location.href).href} words={t} />
        </section>
      )}
      <label class="account-search">
        {t.search}
        <input type="search" maxLength={200} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      {!page && <ListState kind="loading" />}
      {page?.items.length === 0 && <p class="none">{t.none}</p>}
      <ul class="rows" aria-label={t.title}>
        {page?.items.map((account) => (
          <AccountRow
            key={account.accountId}
            account={account}
            onChange={(change) => void run(() => changeAccount(account.accountId, change))}
            onLink={() => void run(async () => show(await makeSignInLink(account.accountId)))}
          />
        ))}
      </ul>
      {page?.next && (
        <p class="older">
          <button type="button" class="solid" onClick={more}>
            {t.more}
          </button>
        </p>
      )}
    </main>
  );
}
