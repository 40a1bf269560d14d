import { describe, expect, it } from '@jest/globals';
import { anItem } from '../item.fixture.js';
import { EMPTY_QUEUE, KEPT_AT_MOST, nextQueue, type QueueAction, type QueueState } from './queue-state.js';

const after = (...actions: QueueAction[]): QueueState => actions.reduce(nextQueue, EMPTY_QUEUE);
/** Each of a campaign of its own. */
const items = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, i) => anItem({ seq: from - i, campaignId: `c${from - i}` }));
const loaded = (some: ReturnType<typeof items>, next: string | null = null): QueueAction => ({
  type: 'loaded',
  ...{ items: some, next },
});
const arrived = (some: ReturnType<typeof items>, reading = false): QueueAction => ({
  type: 'arrived',
  ...{ items: some, reading },
});
const seqs = ({ rows }: QueueState) => rows.map(({ lastSeq }) => lastSeq);
const review = { ...anItem().review, state: 'dismissed' as const, seq: 9, by: 'Rini' };

describe('the queue', () => {
  it('loads, then takes what arrives on top, each flag once', () => {
    const state = after(loaded(items(3, 1)), arrived(items(4, 3)));
    expect(seqs(state)).toEqual([4, 3, 2, 1]);
    expect(state).toMatchObject({ phase: 'ready', next: null, openedAt: 3 });
  });

  it('has a row for a campaign, with the strongest copy and the latest time', () => {
    const copies = [
      anItem({ seq: 3, campaignId: 'a', campaignSize: 2, score: 0.7 }),
      anItem({ seq: 2, campaignId: 'b' }),
      anItem({ seq: 1, campaignId: 'a', campaignSize: 2, score: 0.9 }),
    ];
    const { rows } = after(loaded(copies));
    expect(rows.map(({ key, size, lastSeq, face }) => [key, size, lastSeq, face.seq])).toEqual([
      ['a', 2, 3, 1],
      ['b', 1, 2, 2],
    ]);
  });

  it('lifts a campaign to the top by a new copy while one watches, and leaves it in its place while one reads', () => {
    const copy = anItem({ seq: 5, campaignId: 'c1', campaignSize: 2 });
    expect(seqs(after(loaded(items(3, 1)), arrived([copy])))).toEqual([5, 3, 2]);
    const reading = after(loaded(items(3, 1)), arrived([copy, ...items(4, 4)], true));
    expect(reading.rows.map(({ key, size }) => [key, size])).toEqual([
      ['c3', 1],
      ['c2', 1],
      ['c1', 2],
    ]);
    expect(reading.waiting.map(({ key }) => key)).toEqual(['c4']);
    expect(nextQueue(reading, { type: 'show-waiting' })).toMatchObject({ waiting: [], rows: { length: 4 } });
    expect(seqs(nextQueue(reading, arrived(items(6, 6))))).toEqual([6, 4, 3, 2, 5]);
  });

  it('merges a reload after a lost connection into what it holds', () => {
    const state = after(loaded(items(3, 1), 'x'), arrived(items(5, 5)), loaded(items(6, 4), 'y'));
    expect(seqs(state)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(state).toMatchObject({ openedAt: 3, next: 'x' });
  });

  it('reads on into the past, and can again after a reload has cut it short', () => {
    const more = after(
      loaded(items(9, 8), 'x'),
      { type: 'load-more' },
      { type: 'loaded-more', items: items(7, 6), next: null },
    );
    expect(seqs(more)).toEqual([9, 8, 7, 6]);
    expect(more).toMatchObject({ loadingMore: false, next: null });
    expect(after(loaded(items(2, 1)), { type: 'load-more' }, loaded(items(2, 1))).loadingMore).toBe(false);
  });

  it('stays bounded under a flood', () => {
    const state = after(loaded(items(2, 1), 'x'), arrived(items(KEPT_AT_MOST + 10, 3)));
    expect(state.rows).toHaveLength(KEPT_AT_MOST);
    expect(state.next).toBeNull();
    expect(after(loaded([]), arrived(items(KEPT_AT_MOST + 10, 1), true)).waiting).toHaveLength(KEPT_AT_MOST);
  });

  it('learns what is decided about a campaign, and no less from a page that was asked for before', () => {
    const decided: QueueAction = {
      type: 'decided',
      decisions: [{ flagId: null, campaignId: 'c1', into: null, review }],
    };
    const state = after(loaded(items(2, 1)), decided, loaded(items(2, 1)));
    expect(state.rows.map((row) => row.review.state)).toEqual(['open', 'dismissed']);
    const aboutOneCopy: QueueAction = {
      type: 'decided',
      decisions: [{ flagId: 'x', campaignId: 'c1', into: null, review }],
    };
    expect(after(loaded(items(1, 1)), aboutOneCopy).rows[0]?.review.state).toBe('open');
  });

  it('puts a notice on the row whose copy it lists, and on no other', () => {
    const notice = {
      ...{ noticeId: 'n', state: 'delivered', answerState: null, needsAttention: false },
      ...{ dueAt: '2026-11-02T00:00:00.000Z', deliveredAt: null },
    };
    const some = [
      anItem({ seq: 4, campaignId: 'a', reportedAs: 'hate' }),
      anItem({ seq: 3, campaignId: 'b' }),
      anItem({ seq: 2, campaignId: 'c', reportedAs: 'bullying' }),
      anItem({ seq: 1, campaignId: 'd', reportedAs: 'hate', post: { platform: 'other' } }),
    ];
    const changes = ['a', 'b', 'c', 'd'].map((campaignId) => ({ campaignId, platform: 'demo', notice }));
    const before = after(loaded(some));
    const state = nextQueue(before, { type: 'notices', changes });
    expect(state.rows.map(({ face }) => face.notice)).toEqual([notice, null, null, null]);
    // Cards render again only when their row is another object.
    expect(state.rows[3]).toBe(before.rows[3]);
  });

  it('drops the text of a post that was taken down, and does not take it back from a page asked for before', () => {
    const reasons = [{ kind: 'token' as const, token: 'a', weight: 1 }];
    const item = anItem({ seq: 1, reasons, post: { text: 'a b', author: 'x' } });
    const removedAt = '2026-11-02T00:00:00.000Z';
    const removal = { seq: 2, flagId: item.flagId, postId: item.post.id, removedAt };
    const gone = {
      face: { reasons: [], highlights: [], score: item.score, post: { text: '', author: null, removedAt } },
    };
    const removed: QueueAction = { type: 'removed', removals: [removal] };
    for (const actions of [
      [loaded([item]), removed],
      [removed, loaded([item])],
      [loaded([item]), removed, { type: 'reset' }, loaded([item])],
      [loaded([item]), removed, arrived([item])],
      [loaded([]), arrived([item], true), removed, { type: 'show-waiting' }],
    ] as QueueAction[][]) {
      expect(after(...actions).rows).toMatchObject([gone]);
    }
    // Another database may know the same flag whole.
    expect(after(removed, { type: 'begin-anew' }, loaded([item])).rows).toMatchObject([
      { face: { post: { text: 'a b' } } },
    ]);
  });

  it('shows another copy when the text of the strongest is gone', () => {
    const [strong, weak] = [
      anItem({ seq: 2, campaignId: 'a', campaignSize: 2, score: 0.9, post: { removedAt: '2026-11-02T00:00:00.000Z' } }),
      anItem({ seq: 1, campaignId: 'a', campaignSize: 2, score: 0.7 }),
    ];
    expect(after(loaded([strong, weak])).rows[0]?.face.seq).toBe(1);
  });

  it('learns what a person found an audited post to be, and takes audited posts for no campaign', () => {
    const audited = [2, 1].map((seq) => anItem({ seq, campaignId: null, audit: { share: 0.5, found: null } }));
    const flagId = audited[1]?.flagId ?? '';
    const { rows } = after(loaded(audited), { type: 'judged', flagId, found: ['hate'] });
    expect(rows.map(({ face, size }) => [face.audit?.found, size])).toEqual([
      [null, 1],
      [['hate'], 1],
    ]);
  });

  it('learns of a fact-check that came later, of what is shown', () => {
    const claims = [{ claimId: 'c', text: 'x', verdict: 'Salah', url: 'https://cek.example', publisher: 'Cek' }];
    const [known, other] = [anItem({ seq: 2, campaignId: 'a' }), anItem({ seq: 1, campaignId: 'b' })];
    const news = { ...known, claims, debunkedAt: '2026-11-02T00:00:00.000Z', campaignSize: 1 };
    const { rows } = after(loaded([known, other]), { type: 'debunked', items: [news, anItem({ seq: 9 })] });
    expect(rows.map(({ face }) => face.claims.length)).toEqual([1, 0]);
  });

  it('shows what it has when a reload fails', () => {
    expect(after({ type: 'failed' }).phase).toBe('failed');
    expect(after(loaded(items(1, 1)), { type: 'failed' }).phase).toBe('ready');
  });
});
