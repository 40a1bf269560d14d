import { useCallback, useMemo, useRef, useState } from 'preact/hooks';

/** As many as are decided about at once. */
const AT_MOST = 200;

/** The rows that are chosen for what is done to several at once; one that has left the list is chosen no more. */
export function useChosen(rows: readonly { readonly key: string }[]) {
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef(rows);
  latest.current = rows;
  const chosen = useMemo(
    () => (wanted.size === 0 ? wanted : new Set(rows.map(({ key }) => key).filter((key) => wanted.has(key)))),
    [wanted, rows],
  );
  const choose = useCallback(
    (key: string) =>
      setWanted((now) => {
        const next = new Set(now);
        if (!next.delete(key) && next.size < AT_MOST) next.add(key);
        return next;
      }),
    [],
  );
  /** Both ends, and all that lies between them. */
  const chooseTo = useCallback((from: string, to: string) => {
    const keys = latest.current.map(({ key }) => key);
    const [start = 0, end = 0] = [keys.indexOf(from), keys.indexOf(to)].sort((a, b) => a - b);
    setWanted((now) => new Set([...now, ...keys.slice(Math.max(0, start), end + 1)].slice(0, AT_MOST)));
  }, []);
  const clear = useCallback(() => setWanted((now) => (now.size === 0 ? now : new Set())), []);
  return { chosen, choose, chooseTo, clear };
}
