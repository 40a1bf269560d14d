import { describe, expect, it } from '@jest/globals';
import { anItem } from './item.fixture.js';
import { KEPT, KEPT_AT_MOST, NO_FEED, nextFeed, type FeedAction, type FeedState } from './feed-state.js';

const after = (...actions: FeedAction[]): FeedState => actions.reduce(nextFeed, NO_FEED);
const items = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, i) => anItem({ seq: from - i, campaignId: `c${from - i}` }));
const seqs = (state: FeedState) => state.items.map(({ seq }) => seq);
const notice = {
  noticeId: 'n',
  state: 'delivered',
  answerState: null,
  needsAttention: false,
  dueAt: '2026-11-02T00:00:00.000Z',
  deliveredAt: null,
};

describe('the list of flags', () => {
  it('loads, then takes what arrives on top, each flag once', () => {
    const state = after(
      { type: 'loaded', items: items(3, 1), more: false },
      { type: 'arrived', items: items(4, 3), trim: true },
    );
    expect(seqs(state)).toEqual([4, 3, 2, 1]);
    expect(state).toMatchObject({ phase: 'ready', more: false, openedAt: 3 });
  });

  it('merges a reload after a lost connection into what it holds', () => {
    const state = after(
      { type: 'loaded', items: items(3, 1), more: true },
      { type: 'arrived', items: items(5, 5), trim: true },
      { type: 'loaded', items: items(6, 4), more: true },
    );
    expect(seqs(state)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(state.openedAt).toBe(3);
  });

  it('drops the text of a post that was taken down, and does not take it back from a page asked for before', () => {
    const item = anItem({
      seq: 1,
      reasons: [{ kind: 'token', token: 'a', weight: 1 }],
      post: { text: 'a b', author: 'x' },
    });
    const removedAt = '2026-11-02T00:00:00.000Z';
    const removal = { seq: 2, flagId: item.flagId, postId: item.post.id, removedAt };
    const gone = { reasons: [], highlights: [], score: item.score, post: { text: '', author: null, removedAt } };
    const loaded: FeedAction = { type: 'loaded', items: [item], more: false };
    const removed: FeedAction = { type: 'removed', removals: [removal] };
    for (const actions of [
      [loaded, removed],
      [removed, loaded],
      [loaded, removed, { type: 'reset' }, loaded],
      [loaded, removed, { type: 'arrived', items: [item], trim: true }],
    ] as FeedAction[][]) {
      expect(after(...actions).items).toMatchObject([gone]);
    }
    // Another database may know the same flag whole.
    expect(after(removed, { type: 'begin-anew' }, loaded).items).toMatchObject([{ post: { text: 'a b' } }]);
  });

  it('learns what a person found an audited post to be, and takes audited posts for no campaign', () => {
    const audited = [1, 2].map((seq) => anItem({ seq, campaignId: null, audit: { share: 0.5, found: null } }));
    const state = after(
      { type: 'loaded', items: audited, more: false },
      { type: 'judged', flagId: audited[0]!.flagId, found: ['hate'] },
    );
    expect(state.items.map(({ audit, campaignSize }) => [audit?.found, campaignSize])).toEqual([
      [null, 1],
      [['hate'], 1],
    ]);
  });

  it('stays bounded while one watches, and says that there is more', () => {
    const state = after(
      { type: 'loaded', items: items(KEPT, 1), more: false },
      { type: 'arrived', items: items(KEPT + 10, KEPT + 1), trim: true },
    );
    expect(state.items).toHaveLength(KEPT);
    expect(seqs(state).at(-1)).toBe(11);
    expect(state.more).toBe(true);
  });

  it('takes nothing away from one who reads further down, up to a limit', () => {
    const reading = after(
      { type: 'loaded', items: items(KEPT, 1), more: false },
      { type: 'arrived', items: items(KEPT + 10, KEPT + 1), trim: false },
    );
    expect(reading.items).toHaveLength(KEPT + 10);
    const flooded = nextFeed(reading, { type: 'arrived', items: items(5_000, KEPT + 11), trim: false });
    expect(flooded.items).toHaveLength(KEPT_AT_MOST);
  });

  it('keeps the older ones that were asked for', () => {
    const state = after(
      { type: 'loaded', items: items(1_000, 501), more: true },
      { type: 'load-more' },
      { type: 'loaded-more', items: items(500, 451), more: true },
      { type: 'arrived', items: items(1_001, 1_001), trim: true },
    );
    expect(state.items).toHaveLength(550);
    expect(state.loadingMore).toBe(false);
  });

  it('tells every copy how large its campaign has become', () => {
    const state = after(
      {
        type: 'loaded',
        items: [anItem({ seq: 1, campaignId: 'a' }), anItem({ seq: 2, campaignId: 'b' })],
        more: false,
      },
      { type: 'arrived', items: [anItem({ seq: 3, campaignId: 'a', campaignSize: 2 })], trim: true },
    );
    expect(state.items.map(({ campaignSize }) => campaignSize)).toEqual([2, 1, 2]);
  });

  it('puts a notice on the flags that it lists, and on no others', () => {
    const loaded = [
      anItem({ seq: 5, reportedAs: 'hate' }),
      anItem({ seq: 4 }),
      anItem({ seq: 3, reportedAs: 'bullying' }),
      anItem({ seq: 2, reportedAs: 'hate', post: { platform: 'other' } }),
      anItem({ seq: 1, reportedAs: 'hate', campaignId: 'another' }),
    ];
    const changes = [{ campaignId: 'campaign', platform: 'demo', notice }];
    const state = after({ type: 'loaded', items: loaded, more: false }, { type: 'notices', changes });
    expect(state.items.map((item) => item.notice)).toEqual([notice, null, null, null, null]);
    // Cards render again only when their item is another object.
    expect(state.items[4]).toBe(loaded[4]);
  });

  it('can load more again after a reload has cut it short', () => {
    const page: FeedAction = { type: 'loaded', items: items(2, 1), more: true };
    expect(after(page, { type: 'load-more' }, page).loadingMore).toBe(false);
  });

  it('shows what it has when a reload fails', () => {
    expect(after({ type: 'failed' }).phase).toBe('failed');
    expect(after({ type: 'loaded', items: items(1, 1), more: false }, { type: 'failed' }).phase).toBe('ready');
  });
});
