import { useEffect, useState } from 'preact/hooks';
import { noticeFiltersFrom, type NoticeFilters } from './notice-filters.js';

/** What the page shows, by the fragment of its URL; the query belongs to the list of flags. */
export type View =
  | { readonly name: 'flags' }
  | { readonly name: 'sources' }
  | { readonly name: 'notices'; readonly filters: NoticeFilters }
  | { readonly name: 'notice'; readonly noticeId: string };

const NOTICE = /^#\/notices\/([0-9a-f-]{36})$/;

export function viewOf(hash: string): View {
  if (hash === '#/sources') return { name: 'sources' };
  const [path = '', query = ''] = hash.split('?', 2);
  if (path === '#/notices') return { name: 'notices', filters: noticeFiltersFrom(query) };
  const noticeId = NOTICE.exec(hash)?.[1];
  return noticeId === undefined ? { name: 'flags' } : { name: 'notice', noticeId };
}

export function useView(): View {
  const [view, setView] = useState(() => viewOf(location.hash));
  useEffect(() => {
    // Fired by every change of the fragment, and by going back to an entry of the list's own.
    const onPop = () => setView(viewOf(location.hash));
    addEventListener('popstate', onPop);
    return () => removeEventListener('popstate', onPop);
  }, []);
  return view;
}
