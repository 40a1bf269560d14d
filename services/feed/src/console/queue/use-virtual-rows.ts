import {
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  windowScroll,
  type VirtualItem,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';

/** Rows beyond the edges of the window that are drawn too. */
const OVERSCAN = 4;

export interface VirtualRows {
  /** What is drawn, in order. */
  readonly items: readonly VirtualItem[];
  /** Pixels before the first and after the last of them. */
  readonly before: number;
  readonly after: number;
  /** The `ref` of a row, which has its place as `data-index`. */
  readonly measure: (row: HTMLElement | null) => void;
  readonly scrollTo: (position: number) => void;
  readonly scrollToTop: () => void;
}

/**
 * Of a list that scrolls with the page, the rows in sight and their places.
 *
 * @param keys of the rows, in order; a row keeps its measured height while it keeps its key
 * @param estimate height of a row that has not been measured, in pixels
 * @param covered height of what sticks to the top of the window, in pixels
 */
export function useVirtualRows(
  list: RefObject<HTMLElement | null>,
  { keys, estimate, gap, covered }: { keys: readonly string[]; estimate: number; gap: number; covered: number },
): VirtualRows {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const [margin, setMargin] = useState(0);
  const latestKeys = useRef(keys);
  latestKeys.current = keys;
  // Another function means that the keys are others: all places are worked out again.
  const getItemKey = useCallback((at: number) => latestKeys.current[at] ?? at, [keys]);
  const options = {
    count: keys.length,
    getItemKey,
    getScrollElement: () => window,
    estimateSize: () => estimate,
    gap,
    overscan: OVERSCAN,
    scrollMargin: margin,
    scrollPaddingStart: covered,
    scrollPaddingEnd: 16,
    scrollToFn: windowScroll,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    initialOffset: () => scrollY,
    initialRect: { width: innerWidth, height: innerHeight },
    onChange: () => redraw(undefined),
  };
  const virtualizer = useMemo(() => new Virtualizer<Window, HTMLElement>(options), []);
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => {
    virtualizer._willUpdate();
    const top = list.current ? Math.round(list.current.getBoundingClientRect().top + scrollY) : 0;
    if (top !== margin) setMargin(top);
  });

  const items = virtualizer.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];
  return {
    items,
    before: first ? first.start - margin : 0,
    after: last ? Math.max(0, virtualizer.getTotalSize() - (last.end - margin)) : 0,
    measure: virtualizer.measureElement,
    scrollTo: useCallback((position) => virtualizer.scrollToIndex(position), [virtualizer]),
    scrollToTop: useCallback(() => virtualizer.scrollToOffset(0), [virtualizer]),
  };
}
