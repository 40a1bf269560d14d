import { useCallback, useEffect, useState } from 'preact/hooks';
import { filtersFrom, searchOf, type Filters } from './filters.js';

/** The filters of the page's URL. Typing replaces the entry in the history, a choice adds one. */
export function useFilters(): [Filters, (filters: Filters) => void] {
  const [filters, setFilters] = useState(() => filtersFrom(location.search));
  useEffect(() => {
    const onPop = () => setFilters(filtersFrom(location.search));
    addEventListener('popstate', onPop);
    return () => removeEventListener('popstate', onPop);
  }, []);
  const change = useCallback((next: Filters) => {
    setFilters((current) => {
      const url = location.pathname + searchOf(next);
      if (next.q === current.q) history.pushState(null, '', url);
      else history.replaceState(null, '', url);
      return next;
    });
  }, []);
  return [filters, change];
}
