import { useCallback, useEffect, useState } from 'preact/hooks';
import { filtersFrom, searchOf, type Filters } from './filters.js';

/** The filters of the page's URL. Each choice adds an entry to the history; typing on replaces its own. */
export function useFilters(): [Filters, (filters: Filters) => void] {
  const [filters, setFilters] = useState(() => filtersFrom(location.search));
  useEffect(() => {
    const onPop = () => setFilters(filtersFrom(location.search));
    addEventListener('popstate', onPop);
    return () => removeEventListener('popstate', onPop);
  }, []);
  const change = useCallback((next: Filters) => {
    const url = location.pathname + searchOf(next);
    if (isTypedOn(filtersFrom(location.search), next)) history.replaceState(null, '', url);
    else history.pushState(null, '', url);
    setFilters(next);
  }, []);
  return [filters, change];
}

function isTypedOn(before: Filters, after: Filters): boolean {
  return before.q !== '' && after.q !== '' && searchOf({ ...before, q: '' }) === searchOf({ ...after, q: '' });
}
