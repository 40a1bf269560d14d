import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';

const TICK_MS = 1_000;

const ClockContext = createContext(Date.now());
export const useNow = () => useContext(ClockContext);

/** One clock for the page: at each tick only what shows a span of time renders again. Stands still while hidden. */
export function Clock({ children }: { children: ComponentChildren }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <ClockContext.Provider value={now}>{children}</ClockContext.Provider>;
}
