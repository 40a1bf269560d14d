import { useEffect } from 'preact/hooks';

/** Does something now and every so often while the page can be seen, and as soon as it can be again. */
export function useWhileVisible(work: (signal: AbortSignal) => void, periodMs: number): void {
  useEffect(() => {
    const stop = new AbortController();
    const tick = () => {
      if (!document.hidden) work(stop.signal);
    };
    tick();
    const timer = setInterval(tick, periodMs);
    document.addEventListener('visibilitychange', tick);
    return () => {
      stop.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [work, periodMs]);
}
