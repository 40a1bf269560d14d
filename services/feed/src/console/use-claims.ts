import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ClaimItem, ClaimPage } from '../routes/claims.js';
import { load, send } from './load.js';

export interface Claims {
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly items: readonly ClaimItem[];
  readonly next: string | null;
  /** Loads what follows, or again what failed. */
  readonly more: () => void;
  /** @throws Error when it was not recorded */
  readonly change: (claimId: string, change: Partial<Pick<ClaimItem, 'state' | 'text' | 'verdict'>>) => Promise<void>;
}

/**
 * Claims by pages. They are few and change slowly, so nothing polls; what is changed here stays where it is.
 *
 * @param query of GET /v1/claims; another one is for another component (`key`)
 */
export function useClaims(query: string): Claims {
  const [items, setItems] = useState<readonly ClaimItem[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [phase, setPhase] = useState<Claims['phase']>('loading');
  const fetchPage = useCallback(
    (signal?: AbortSignal) => {
      setPhase('loading');
      const cursor = next === null ? '' : `&cursor=${encodeURIComponent(next)}`;
      load<ClaimPage>(`/v1/claims?${query}${cursor}`, signal).then(
        (page) => {
          setItems((now) => [...now, ...page.items]);
          setNext(page.next);
          setPhase('ready');
        },
        () => signal?.aborted || setPhase('failed'),
      );
    },
    [query, next],
  );
  useEffect(() => {
    const stop = new AbortController();
    fetchPage(stop.signal);
    return () => stop.abort();
  }, [query]);
  const change = useCallback<Claims['change']>(async (claimId, wanted) => {
    const changed = await send<ClaimItem>(`/v1/claims/${encodeURIComponent(claimId)}`, wanted, 'PATCH');
    setItems((now) => now.map((one) => (one.claimId === claimId ? changed : one)));
  }, []);
  return { phase, items, next, more: () => fetchPage(), change };
}
