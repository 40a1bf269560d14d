import type { FlagItem, NoticeItem, RemovedEvent } from '../flag-item.js';

/** Kept while one watches; what is older is a click away. */
export const KEPT = 500;
/** Kept while one reads on into the past. */
export const KEPT_AT_MOST = 2_000;

/** Far more than are taken down while a page is on its way. */
const REMOVED_KEPT = 1_000;

export interface FeedState {
  /** Newest first. */
  readonly items: readonly FlagItem[];
  readonly phase: 'loading' | 'ready' | 'failed';
  /** There are older ones on the server. */
  readonly more: boolean;
  readonly loadingMore: boolean;
  readonly keep: number;
  /** What is newer came while the page was open. */
  readonly openedAt: number;
  /** Flags whose texts went while the page was open, and when: a page that was asked for before may bring them once more. */
  readonly removed: ReadonlyMap<string, string>;
}

export type Category = FlagItem['category'];

export interface NoticeChange {
  readonly campaignId: string;
  readonly platform: string;
  readonly notice: NoticeItem;
}

export type FeedAction =
  | { readonly type: 'reset' }
  | { readonly type: 'begin-anew' }
  | { readonly type: 'loaded'; readonly items: readonly FlagItem[]; readonly more: boolean }
  | { readonly type: 'failed' }
  | { readonly type: 'load-more' }
  | { readonly type: 'loaded-more'; readonly items: readonly FlagItem[]; readonly more: boolean }
  | { readonly type: 'arrived'; readonly items: readonly FlagItem[]; readonly trim: boolean }
  | { readonly type: 'notices'; readonly changes: readonly NoticeChange[] }
  | { readonly type: 'removed'; readonly removals: readonly RemovedEvent[] }
  | { readonly type: 'judged'; readonly flagId: string; readonly found: readonly Category[] };

export const NO_FEED: FeedState = {
  items: [],
  phase: 'loading',
  more: false,
  loadingMore: false,
  keep: KEPT,
  openedAt: 0,
  removed: new Map(),
};

export function nextFeed(state: FeedState, action: FeedAction): FeedState {
  switch (action.type) {
    case 'reset':
      return { ...NO_FEED, removed: state.removed };
    case 'begin-anew':
      return NO_FEED;
    case 'loaded': {
      const first = state.phase !== 'ready';
      const items = merged(state.items, withoutRemoved(action.items, state.removed));
      return {
        ...state,
        items,
        phase: 'ready',
        // A reload cuts short what was being loaded beside it.
        loadingMore: false,
        more: first ? action.more : state.more,
        openedAt: first ? (action.items[0]?.seq ?? 0) : state.openedAt,
      };
    }
    case 'failed':
      return { ...state, phase: state.phase === 'ready' ? 'ready' : 'failed', loadingMore: false };
    case 'load-more':
      return { ...state, loadingMore: true };
    case 'loaded-more': {
      const items = merged(state.items, withoutRemoved(action.items, state.removed));
      return { ...state, items, more: action.more, loadingMore: false, keep: Math.max(state.keep, items.length) };
    }
    case 'arrived': {
      const all = merged(state.items, withoutRemoved(action.items, state.removed));
      const items = action.trim && all.length > state.keep ? all.slice(0, state.keep) : all.slice(0, KEPT_AT_MOST);
      return { ...state, items, more: state.more || items.length < all.length };
    }
    case 'notices':
      return { ...state, items: state.items.map((item) => withNotice(item, action.changes)) };
    case 'removed': {
      const news = action.removals.map(({ flagId, removedAt }) => [flagId, removedAt] as const);
      const removed = new Map([...state.removed, ...news].slice(-REMOVED_KEPT));
      return { ...state, removed, items: withoutRemoved(state.items, new Map(news)) };
    }
    case 'judged':
      return { ...state, items: state.items.map((item) => withFound(item, action)) };
  }
}

/** One list of both, newest first; of a flag that is in both, the later word. Every copy learns its campaign's size. */
function merged(old: readonly FlagItem[], more: readonly FlagItem[]): readonly FlagItem[] {
  if (more.length === 0) return old;
  const byId = new Map(old.map((item) => [item.flagId, item]));
  const sizes = new Map<string, number>();
  for (const item of more) {
    byId.set(item.flagId, item);
    if (item.campaignId === null) continue;
    sizes.set(item.campaignId, Math.max(item.campaignSize, sizes.get(item.campaignId) ?? 0));
  }
  return [...byId.values()]
    .map((item) => grown(item, sizes.get(item.campaignId ?? '') ?? 0))
    .sort((a, b) => b.seq - a.seq);
}

function withoutRemoved(items: readonly FlagItem[], removed: ReadonlyMap<string, string>): readonly FlagItem[] {
  return removed.size === 0 ? items : items.map((item) => withoutText(item, removed.get(item.flagId)));
}

/** As the server has it from then on (see removePosts of libs/storage). */
function withoutText(item: FlagItem, removedAt: string | undefined): FlagItem {
  if (removedAt === undefined || item.post.removedAt !== null) return item;
  return { ...item, reasons: [], highlights: [], post: { ...item.post, text: '', author: null, removedAt } };
}

function grown(item: FlagItem, size: number): FlagItem {
  return size > item.campaignSize ? { ...item, campaignSize: size } : item;
}

function withFound(item: FlagItem, { flagId, found }: { flagId: string; found: readonly Category[] }): FlagItem {
  return item.flagId === flagId && item.audit ? { ...item, audit: { ...item.audit, found: [...found] } } : item;
}

/** A notice lists the flags of its campaign and platform whose posts are reported under the flag's own category. */
function withNotice(item: FlagItem, changes: readonly NoticeChange[]): FlagItem {
  if (item.reportedAs !== item.category) return item;
  const change = changes.findLast(
    ({ campaignId, platform }) => campaignId === item.campaignId && platform === item.post.platform,
  );
  return change ? { ...item, notice: change.notice } : item;
}
