import { useEffect, useState } from 'preact/hooks';

const PERIOD_MS = 4_000;

/** What a loader gives, a few seconds old at most while the page can be seen; the last of it when unreachable. */
export function usePolled<T>(loader: (signal: AbortSignal) => Promise<T>): T | undefined {
  const [value, setValue] = useState<T>();
  useEffect(() => {
    const stop = new AbortController();
    const load = () => {
      if (document.hidden) return;
      loader(stop.signal).then(setValue, () => undefined);
    };
    load();
    const timer = setInterval(load, PERIOD_MS);
    document.addEventListener('visibilitychange', load);
    return () => {
      stop.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', load);
    };
  }, [loader]);
  return value;
}
