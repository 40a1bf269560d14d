import { useCallback, useState } from 'preact/hooks';
import { useWhileVisible } from './use-while-visible.js';

const PERIOD_MS = 4_000;

/** What a loader gives, a few seconds old at most while the page can be seen; the last of it when unreachable. */
export function usePolled<T>(loader: (signal: AbortSignal) => Promise<T>): T | undefined {
  const [value, setValue] = useState<T>();
  const load = useCallback((signal: AbortSignal) => void loader(signal).then(setValue, () => undefined), [loader]);
  useWhileVisible(load, PERIOD_MS);
  return value;
}
