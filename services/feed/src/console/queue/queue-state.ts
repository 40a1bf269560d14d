import type { FlagItem, NoticeItem, RemovedEvent } from '../../flag-item.js';
import type { DecisionEvent } from '../../review.js';
import { keyOf, newestFirst, rowsOf, withCopy, type QueueRow } from './queue-row.js';

/** Kept in all. The list draws what is in sight, so that the rest is memory alone; what is older is in the API. */
export const KEPT_AT_MOST = 20_000;
/** Far more than are taken down while a page is on its way. */
const REMOVED_KEPT = 1_000;

export type Category = FlagItem['category'];

export interface NoticeChange {
  readonly campaignId: string;
  readonly platform: string;
  readonly notice: NoticeItem;
}

export interface QueueState {
  /** The campaign with the latest copy first, as far as nobody is reading: then each keeps its place. */
  readonly rows: readonly QueueRow[];
  /** What came on top while somebody read further down; newest first. */
  readonly waiting: readonly QueueRow[];
  readonly phase: 'loading' | 'ready' | 'failed';
  /** What to ask for older ones with; null when there are none. */
  readonly next: string | null;
  readonly loadingMore: boolean;
  /** What is newer came while the page was open. */
  readonly openedAt: number;
  /** Flags whose texts went while the page was open, and when: a page that was asked for before may bring them once more. */
  readonly removed: ReadonlyMap<string, string>;
}

export interface Page {
  readonly items: readonly FlagItem[];
  readonly next: string | null;
}

export type QueueAction =
  | { readonly type: 'reset' }
  | { readonly type: 'begin-anew' }
  | ({ readonly type: 'loaded' } & Page)
  | { readonly type: 'failed' }
  | { readonly type: 'load-more' }
  | ({ readonly type: 'loaded-more' } & Page)
  | { readonly type: 'arrived'; readonly items: readonly FlagItem[]; readonly reading: boolean }
  | { readonly type: 'show-waiting' }
  | { readonly type: 'notices'; readonly changes: readonly NoticeChange[] }
  | { readonly type: 'decided'; readonly decisions: readonly DecisionEvent[] }
  | { readonly type: 'debunked'; readonly items: readonly FlagItem[] }
  | { readonly type: 'removed'; readonly removals: readonly RemovedEvent[] }
  | { readonly type: 'judged'; readonly flagId: string; readonly found: readonly Category[] };

export const EMPTY_QUEUE: QueueState = {
  ...{ rows: [], waiting: [], phase: 'loading', next: null, loadingMore: false, openedAt: 0 },
  removed: new Map(),
};

export function nextQueue(state: QueueState, action: QueueAction): QueueState {
  switch (action.type) {
    case 'reset':
      return { ...EMPTY_QUEUE, removed: state.removed };
    case 'begin-anew':
      return EMPTY_QUEUE;
    case 'loaded': {
      const isFirst = state.phase !== 'ready';
      const items = withoutRemoved(action.items, state.removed);
      return {
        ...state,
        rows: merged(state.rows, items),
        phase: 'ready',
        // A reload cuts short what was being loaded beside it.
        loadingMore: false,
        next: isFirst ? action.next : state.next,
        openedAt: isFirst ? Math.max(0, ...items.map(({ seq }) => seq)) : state.openedAt,
      };
    }
    case 'failed':
      return { ...state, phase: state.phase === 'ready' ? 'ready' : 'failed', loadingMore: false };
    case 'load-more':
      return { ...state, loadingMore: true };
    case 'loaded-more': {
      const items = withoutRemoved(action.items, state.removed);
      return { ...state, rows: merged(state.rows, items), next: action.next, loadingMore: false };
    }
    case 'arrived':
      return arrived(state, withoutRemoved(action.items, state.removed), action.reading);
    case 'show-waiting':
      return state.waiting.length === 0 ? state : { ...state, rows: [...state.waiting, ...state.rows], waiting: [] };
    case 'notices':
      return eachRow(state, (row) => withFace(row, withNotice(row.face, action.changes)));
    case 'decided':
      return eachRow(state, (row) => withReview(row, action.decisions));
    case 'debunked':
      return eachRow(state, (row) => withFace(row, withClaims(row.face, action.items)));
    case 'removed': {
      const news = action.removals.map(({ flagId, removedAt }) => [flagId, removedAt] as const);
      const removed = new Map([...state.removed, ...news].slice(-REMOVED_KEPT));
      const gone = new Map(news);
      return { ...eachRow(state, (row) => withFace(row, withoutText(row.face, gone.get(row.face.flagId)))), removed };
    }
    case 'judged':
      return eachRow(state, (row) => withFace(row, withFound(row.face, action)));
  }
}

/** Copies of campaigns that are in the list change them where they stand while somebody reads, and else lift them to the top. */
function arrived(state: QueueState, items: readonly FlagItem[], reading: boolean): QueueState {
  const byKey = new Map<string, FlagItem[]>();
  for (const item of items) byKey.set(keyOf(item), [...(byKey.get(keyOf(item)) ?? []), item]);
  const top: QueueRow[] = [];
  const take = (rows: readonly QueueRow[], stay: boolean) =>
    rows.flatMap((row) => {
      const copies = byKey.get(row.key);
      if (!copies) return row;
      byKey.delete(row.key);
      const grown = copies.reduce(withCopy, row);
      if (stay) return grown;
      top.push(grown);
      return [];
    });
  const rows = take(state.rows, reading);
  const waiting = take(state.waiting, false);
  const fresh = newestFirst([...top, ...rowsOf([...byKey.values()].flat())]);
  if (reading) return { ...state, rows, waiting: [...fresh, ...waiting].slice(0, KEPT_AT_MOST) };
  const all = [...fresh, ...waiting, ...rows];
  const isFull = all.length > KEPT_AT_MOST;
  return { ...state, rows: isFull ? all.slice(0, KEPT_AT_MOST) : all, waiting: [], next: isFull ? null : state.next };
}

/** A page that comes late knows less of what has been decided and answered since than the rows that it meets. */
function merged(old: readonly QueueRow[], items: readonly FlagItem[]): readonly QueueRow[] {
  const rows = new Map(old.map((row) => [row.key, row]));
  for (const row of rowsOf(items)) {
    const known = rows.get(row.key);
    rows.set(row.key, known ? { ...withCopy(known, row.face), size: Math.max(known.size, row.size) } : row);
  }
  return newestFirst([...rows.values()]);
}

function eachRow(state: QueueState, change: (row: QueueRow) => QueueRow): QueueState {
  return { ...state, rows: state.rows.map(change), waiting: state.waiting.map(change) };
}

const withFace = (row: QueueRow, face: FlagItem): QueueRow => (face === row.face ? row : { ...row, face });

function withReview(row: QueueRow, decisions: readonly DecisionEvent[]): QueueRow {
  const decided = decisions.findLast(({ flagId, campaignId }) =>
    row.campaignId === null ? flagId === row.key : flagId === null && campaignId === row.campaignId,
  );
  return decided ? { ...row, review: decided.review } : row;
}

function withoutRemoved(items: readonly FlagItem[], removed: ReadonlyMap<string, string>): readonly FlagItem[] {
  return removed.size === 0 ? items : items.map((item) => withoutText(item, removed.get(item.flagId)));
}

/** As the server has it from then on (see removePosts of libs/storage). */
function withoutText(item: FlagItem, removedAt: string | undefined): FlagItem {
  if (removedAt === undefined || item.post.removedAt !== null) return item;
  return { ...item, reasons: [], highlights: [], post: { ...item.post, text: '', author: null, removedAt } };
}

function withFound(item: FlagItem, { flagId, found }: { flagId: string; found: readonly Category[] }): FlagItem {
  return item.flagId === flagId && item.audit ? { ...item, audit: { ...item.audit, found: [...found] } } : item;
}

/** What a fact-check adds, and nothing that may be older than what is known. */
function withClaims(item: FlagItem, debunked: readonly FlagItem[]): FlagItem {
  const news = debunked.findLast(({ flagId }) => flagId === item.flagId);
  return news ? { ...item, claims: news.claims, debunkedAt: news.debunkedAt } : item;
}

/** A notice lists the flags of its campaign and platform whose posts are reported under the flag's own category. */
function withNotice(item: FlagItem, changes: readonly NoticeChange[]): FlagItem {
  const change = changes.findLast(
    ({ campaignId, platform }) => campaignId === item.campaignId && platform === item.post.platform,
  );
  if (!change || item.reportedAs !== item.category) return item;
  return { ...item, notice: change.notice };
}
