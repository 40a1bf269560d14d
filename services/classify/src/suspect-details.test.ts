import { expect, it } from '@jest/globals';
import type { Scorer } from '@siaga/models';
import { detailsCache } from './suspect-details.js';

it('works near-copies out once, and forgets them when the model changes', () => {
  const scored: string[] = [];
  const explained: string[] = [];
  const aScorer = () =>
    ({
      labels: (texts: readonly string[]) =>
        texts.map((text) => {
          scored.push(text);
          return { abusive: text.length };
        }),
      explain: (text: string) => {
        explained.push(text);
        return [
          { token: 'goblok', weight: 2 },
          { token: 'kopi', weight: -1 },
        ];
      },
    }) as unknown as Scorer;
  const scorer = aScorer();
  const cache = detailsCache();
  const copies = ['dasar goblok @budi', 'DASAR gobloooook @ani', 'dasar tolol'];
  const [first, second, other] = cache.of(scorer, copies);
  expect(scored).toHaveLength(2);
  expect(second).toBe(first);
  expect(other).not.toBe(first);
  expect(first?.reasons('hate')).toEqual([{ kind: 'token', token: 'goblok', weight: 2 }]);
  expect(first?.reasons('hate')).toHaveLength(1);
  expect(explained).toHaveLength(1);
  expect(cache.of(scorer, ['dasar goblok!!! @lain'])).toHaveLength(1);
  cache.of(scorer, copies);
  const before = scored.length;
  cache.of(aScorer(), copies.slice(0, 1));
  expect(scored).toHaveLength(before + 1);
});
