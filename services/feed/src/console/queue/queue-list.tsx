import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { useTexts } from '../language.js';
import { cardId, QueueCard, type CardProps } from './queue-card.js';
import type { QueueState } from './queue-state.js';
import { useVirtualRows } from './use-virtual-rows.js';

/** Pixels; what a card is until it has been measured. Narrow ones stand their parts one below the other. */
const ESTIMATES = { wide: 136, narrow: 250, narrowBelow: 900 };
const GAP = 8;

export interface Wish {
  /** The row that the keyboard has gone to; its card takes the focus as soon as it is drawn. */
  readonly key: string;
  readonly number: number;
}

type Handlers = Pick<CardProps, 'onSelect' | 'onReveal' | 'onChoose' | 'onAct' | 'onSettle' | 'onJudge'>;

export function QueueList(
  props: Handlers & {
    state: QueueState;
    selected: string;
    chosen: ReadonlySet<string>;
    revealed: ReadonlySet<string>;
    saving: ReadonlySet<string>;
    conflicts: ReadonlyMap<string, CardProps['conflict'] & object>;
    wish: Wish | undefined;
    /** Another number leads to the top of the page. */
    topWish: number;
    /** Height of what sticks to the top of the window, in pixels. */
    covered: () => number;
  },
) {
  const { state, selected, chosen, revealed, saving, conflicts, wish, topWish, covered, ...handlers } = props;
  const { rows, openedAt, next } = state;
  const t = useTexts();
  const list = useRef<HTMLDivElement>(null);
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  const { items, before, after, measure, scrollTo, scrollToTop } = useVirtualRows(list, {
    keys,
    estimate: innerWidth < ESTIMATES.narrowBelow ? ESTIMATES.narrow : ESTIMATES.wide,
    gap: GAP,
    covered: covered(),
  });

  useLayoutEffect(() => {
    if (topWish > 0) scrollToTop();
  }, [topWish]);
  const granted = useRef(0);
  useLayoutEffect(() => {
    const at = wish ? keys.indexOf(wish.key) : -1;
    if (at >= 0) scrollTo(at);
  }, [wish]);
  // After each drawing: the card may be drawn only once the page has scrolled.
  useLayoutEffect(() => {
    if (!wish || granted.current === wish.number) return;
    const card = document.getElementById(cardId(wish.key));
    if (!card) return;
    granted.current = wish.number;
    card.focus({ preventScroll: true });
  });

  const isDrawn = items.some(({ index }) => rows[index]?.key === selected);
  const total = next === null ? rows.length : -1;
  // A feed without an article is none.
  const feed = rows.length > 0 && ({ role: 'feed', 'aria-label': t.list, 'aria-busy': state.loadingMore } as const);
  return (
    <div class="cards" {...feed} ref={list}>
      <div style={{ height: `${before}px` }} />
      {items.map(({ index }, place) => {
        const row = rows[index];
        return (
          row && (
            <div key={row.key} class="card-place" data-index={index} ref={measure}>
              <QueueCard
                row={row}
                position={index}
                total={total}
                fresh={row.lastSeq > openedAt}
                selected={selected === row.key}
                reachable={isDrawn ? selected === row.key : place === 0}
                chosen={chosen.has(row.key)}
                revealed={revealed.has(row.key)}
                saving={saving.has(row.key)}
                conflict={conflicts.get(row.key)}
                {...handlers}
              />
            </div>
          )
        );
      })}
      <div style={{ height: `${after}px` }} />
    </div>
  );
}
