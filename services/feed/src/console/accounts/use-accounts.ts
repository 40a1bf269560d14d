import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { AccountItem, AccountPage } from '../../auth/account-routes.js';
import { loadAccounts } from '../load.js';

const TYPING_MS = 250;
const RETRY_MS = 5_000;

/** The accounts whose names have that part, as far as they were asked for; undefined until there is an answer. */
export function useAccounts(name: string) {
  const [page, setPage] = useState<AccountPage>();
  const [attempt, setAttempt] = useState(0);
  const request = useRef(new AbortController());
  useEffect(() => {
    const { signal } = (request.current = new AbortController());
    const timer = setTimeout(
      () => {
        loadAccounts(name, signal).then(setPage, () => {
          if (!signal.aborted) retry = setTimeout(() => setAttempt((now) => now + 1), RETRY_MS);
        });
      },
      name === '' ? 0 : TYPING_MS,
    );
    let retry: ReturnType<typeof setTimeout> | undefined;
    return () => {
      clearTimeout(timer);
      clearTimeout(retry);
      request.current.abort();
    };
  }, [name, attempt]);

  const more = useCallback(() => {
    if (!page?.next) return;
    loadAccounts(name, request.current.signal, page.next).then(
      ({ items, next }) => setPage({ items: [...page.items, ...items], next }),
      () => undefined,
    );
  }, [page, name]);
  /** One that was made stands first, one that was changed where it was. */
  const put = useCallback((account: AccountItem) => {
    setPage((now) => {
      if (!now) return now;
      const isKnown = now.items.some(({ accountId }) => accountId === account.accountId);
      const items = now.items.map((one) => (one.accountId === account.accountId ? account : one));
      return { ...now, items: isKnown ? items : [account, ...items] };
    });
  }, []);
  return { page, more, put };
}
