import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { FlagItem } from '../../flag-item.js';
import { useLive } from '../live.js';
import { load } from '../load.js';
import type { Page } from '../queue/queue-state.js';
import { useWhileVisible } from '../use-while-visible.js';
import { afterLoading, KEPT, withArrived, withoutRemoved } from './latest-flags.js';

/** Sizes of campaigns and what people decided change without a flag: they are asked for anew. */
const PERIOD_MS = 30_000;

/** The latest flags, as they come; loaded again after each reconnect. Undefined until they are loaded. */
export function useLatestFlags(): readonly FlagItem[] | undefined {
  const [flags, setFlags] = useState<readonly FlagItem[]>();
  const loading = useRef<AbortController | undefined>(undefined);
  const reload = useCallback(() => {
    loading.current?.abort();
    const { signal } = (loading.current = new AbortController());
    load<Page>(`/v1/flags?limit=${KEPT}`, signal).then(
      ({ items }) => !signal.aborted && setFlags((held = []) => afterLoading(held, items)),
      // What is held stays, and the next time comes.
      () => undefined,
    );
  }, []);
  useWhileVisible(reload, PERIOD_MS);
  useEffect(() => () => loading.current?.abort(), []);
  useLive({
    onReady: reload,
    onDecisions: reload,
    onFlags: (items) => setFlags((held = []) => withArrived(held, items)),
    onRemoved: (removals) => {
      setFlags((held = []) => withoutRemoved(held, removals));
      // What is being loaded may hold it still.
      reload();
    },
  });
  return flags;
}
