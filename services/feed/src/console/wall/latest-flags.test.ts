import { describe, expect, it } from '@jest/globals';
import { anItem } from '../item.fixture.js';
import { afterLoading, fastestGrowing, KEPT, withArrived, withoutRemoved } from './latest-flags.js';

const NOW = Date.parse('2026-11-01T00:30:00.000Z');
const seqs = (items: readonly { seq: number }[]) => items.map(({ seq }) => seq);

describe('the latest flags', () => {
  it('are never more than one page, however many come', () => {
    const many = Array.from({ length: KEPT + 50 }, (_none, i) => anItem({ seq: i + 1 }));
    const held = many.reduce<readonly (typeof many)[number][]>((kept, one) => withArrived(kept, [one]), []);
    expect([held.length, held[0]?.seq, held.at(-1)?.seq]).toEqual([KEPT, KEPT + 50, 51]);
  });

  it('are held once, also when they come again after a reconnect', () => {
    const held = [anItem({ seq: 2 }), anItem({ seq: 1 })];
    expect(seqs(withArrived(held, [anItem({ seq: 2 }), anItem({ seq: 3 })]))).toEqual([3, 2, 1]);
  });

  it('are as the server has them, with what came since', () => {
    const held = [anItem({ seq: 9 }), anItem({ seq: 8 }), anItem({ seq: 2 })];
    expect(seqs(afterLoading(held, [anItem({ seq: 8 }), anItem({ seq: 7 })]))).toEqual([9, 8, 7]);
  });

  it('leave nothing of a post that was taken down', () => {
    const removal = { seq: 9, flagId: 'demo:1#hate', postId: 'demo:1', removedAt: '' };
    expect(seqs(withoutRemoved([anItem({ seq: 2 }), anItem({ seq: 1 })], [removal]))).toEqual([2]);
  });
});

describe('the campaigns that grow fastest', () => {
  it('are those with the most flags in the last hour', () => {
    const old = '2026-10-31T23:00:00.000Z';
    const flags = [
      ...[1, 2].map(() => anItem({ campaignId: 'fast', campaignSize: 2 })),
      anItem({ campaignId: 'large', campaignSize: 90, score: 0.7 }),
      ...[1, 2, 3].map(() => anItem({ campaignId: 'large', campaignSize: 89, recordedAt: old })),
      anItem({ campaignId: 'small' }),
      anItem({ campaignId: 'over', recordedAt: old }),
    ];
    expect(fastestGrowing(flags, NOW, 2)).toMatchObject([
      { campaignId: 'fast', grown: 2, size: 2, platforms: ['demo'] },
      { campaignId: 'large', grown: 1, size: 90, face: { score: 0.7 } },
    ]);
  });

  it('are none that a person dismissed, no audits, and no posts that are gone', () => {
    const { review } = anItem();
    const flags = [
      anItem({ review: { ...review, state: 'dismissed' } }),
      anItem({ audit: { share: 0.1, found: null } }),
      anItem({ campaignId: null }),
      anItem({ post: { removedAt: '2026-11-01T00:10:00.000Z' } }),
    ];
    expect(fastestGrowing(flags, NOW, 5)).toEqual([]);
  });
});
