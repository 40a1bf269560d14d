import { useEffect, useState } from 'preact/hooks';

/** What the page shows, by the fragment of its URL; the query belongs to the list of flags. */
export type View = { readonly name: 'flags' } | { readonly name: 'sources' };

export function viewOf(hash: string): View {
  return hash === '#/sources' ? { name: 'sources' } : { name: 'flags' };
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
