import { expect, test } from '@jest/globals';
import type { Database } from '@siaga/storage';
import type { NoticeEntry, PlatformEntry } from '../demo-platform/notice-file.js';
import { accountForNotices } from './notices-account.js';

const entry = (webhookId: string, event: NoticeEntry['event']): PlatformEntry => ({
  ...{ webhookId, event, noticeId: `of ${webhookId}`, category: 'hate', answerUrl: 'http://127.0.0.1/a', at: 1 },
  ...{ revision: 1, urls: [`http://127.0.0.1/${webhookId}`] },
});
const denial = (webhookId: string): PlatformEntry => ({ webhookId, event: 'denied', at: 1 });
const nothing = async () => [];
const db: Database = {
  query: nothing,
  transaction: (work) => work({ query: nothing }),
  close: async () => undefined,
};
const repeats = async (...entries: PlatformEntry[]) => {
  const { repeated, repeatedAfterDenial } = await accountForNotices(entries, db);
  return { repeated, repeatedAfterDenial };
};

test('a notice that comes twice was sent twice, unless the platform had denied the first while it was on its way', async () => {
  const [got, again] = [entry('a', 'received'), entry('a', 'repeated')];
  expect(await repeats(got, again)).toEqual({ repeated: 1, repeatedAfterDenial: 0 });
  expect(await repeats(denial('a'), got, again)).toEqual({ repeated: 0, repeatedAfterDenial: 1 });
  expect(await repeats(denial('a'), got, again, again)).toEqual({ repeated: 1, repeatedAfterDenial: 1 });
  expect(await repeats(denial('b'), got, again)).toEqual({ repeated: 1, repeatedAfterDenial: 0 });
  expect(await repeats(got, denial('a'), again)).toEqual({ repeated: 1, repeatedAfterDenial: 0 });
  expect(await repeats(denial('a'), got)).toEqual({ repeated: 0, repeatedAfterDenial: 0 });
});
