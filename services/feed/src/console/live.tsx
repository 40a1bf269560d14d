import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { followLive, type LiveHandlers, type LiveStatus } from './live-connection.js';

export type { LiveStatus };
type Follower = Partial<Omit<LiveHandlers, 'onStatus'>>;

interface Live {
  readonly status: LiveStatus;
  readonly follow: (follower: Follower) => () => void;
}

const LiveContext = createContext<Live>({ status: 'connecting', follow: () => () => undefined });

/** The page's one live connection, for whatever is on it. */
export function LiveConnection({ children }: { children: ComponentChildren }) {
  const [status, setStatus] = useState<LiveStatus>('connecting');
  const followers = useRef(new Set<Follower>());
  const ready = useRef<number | undefined>(undefined);
  useEffect(() => {
    const each = (tell: (follower: Follower) => void) => followers.current.forEach(tell);
    return followLive({
      onStatus(next) {
        if (next !== 'live') ready.current = undefined;
        setStatus(next);
      },
      onReady(seq) {
        ready.current = seq;
        each((follower) => follower.onReady?.(seq));
      },
      onFlags: (items) => each((follower) => follower.onFlags?.(items)),
      onRemoved: (removals) => each((follower) => follower.onRemoved?.(removals)),
      onNotices: (changes) => each((follower) => follower.onNotices?.(changes)),
      onDecisions: (decisions) => each((follower) => follower.onDecisions?.(decisions)),
      onDebunked: (items) => each((follower) => follower.onDebunked?.(items)),
    });
  }, []);
  const follow = useMemo<Live['follow']>(
    () => (follower) => {
      followers.current.add(follower);
      // Whoever comes after the stream was ready has missed nothing that cannot be loaded.
      if (ready.current !== undefined) follower.onReady?.(ready.current);
      return () => void followers.current.delete(follower);
    },
    [],
  );
  const live = useMemo(() => ({ status, follow }), [status, follow]);
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}

export const useLiveStatus = (): LiveStatus => useContext(LiveContext).status;

/** Hears what comes live while the caller is on the page; of handlers that change, the latest is told. */
export function useLive(handlers: Follower): void {
  const { follow } = useContext(LiveContext);
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(
    () =>
      follow({
        onReady: (seq) => latest.current.onReady?.(seq),
        onFlags: (items) => latest.current.onFlags?.(items),
        onRemoved: (removals) => latest.current.onRemoved?.(removals),
        onNotices: (changes) => latest.current.onNotices?.(changes),
        onDecisions: (decisions) => latest.current.onDecisions?.(decisions),
        onDebunked: (items) => latest.current.onDebunked?.(items),
      }),
    [follow],
  );
}
