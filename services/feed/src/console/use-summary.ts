import { useEffect, useState } from 'preact/hooks';
import type { Summary } from '../routes/summary.js';
import { loadSummary } from './load.js';

const PERIOD_MS = 4_000;

/** The counts of the header, a few seconds old at most while the page can be seen; the last known ones when unreachable. */
export function useSummary(): Summary | undefined {
  const [summary, setSummary] = useState<Summary>();
  useEffect(() => {
    const stop = new AbortController();
    const load = () => {
      if (document.hidden) return;
      loadSummary(stop.signal).then(setSummary, () => undefined);
    };
    load();
    const timer = setInterval(load, PERIOD_MS);
    document.addEventListener('visibilitychange', load);
    return () => {
      stop.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', load);
    };
  }, []);
  return summary;
}
