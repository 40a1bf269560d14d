import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Flag } from '@siaga/contracts';
import { aFlag, useDatabase } from '@siaga/testkit';
import { startNotices, type Notices } from './notices.fixture.js';

const database = useDatabase();
let notices: Notices;

beforeEach(async () => {
  notices = await startNotices(database);
  const policy = notices.policy();
  const demo = policy.platforms.demo!;
  const categories = { ...policy.categories, hoax: policy.categories.hate };
  notices.obey({ ...policy, categories, platforms: { demo, forum: { ...demo, dailyNotices: 3 } } });
});
afterEach(() => notices.close());

const TEXTS = [
  'usir semua pendatang dari kampung kita sebelum mereka merebut tanah dan pekerjaan',
  'harga cabai naik karena orang dari seberang itu menimbun semuanya di gudang rahasia',
  'jangan beli di toko sebelah karena pemiliknya beda keyakinan dengan kita semua di sini',
  'tetangga baru itu pasti pencuri seperti semua orang dari daerah asalnya di gunung',
  'mereka tidak pantas tinggal di kota ini apalagi ikut memilih ketua lingkungan nanti',
];

/** Copies, several platforms, posts under two categories, weak scores, repeats and audits, in a fixed jumble. */
const aJumble = (): Flag[] =>
  Array.from({ length: 60 }, (_, i) => {
    const platform = ['demo', 'forum', 'elsewhere'][(i * 7) % 3]!;
    const text = `${TEXTS[(i * 3) % TEXTS.length]} ${'!'.repeat(i % 4)}`;
    const flag = aFlag({ score: i % 5 === 0 ? 0.8 : 0.97, post: { id: `p:${i}`, platform, text } });
    const hoax = aFlag({ ...flag, flagId: `${flag.post.id}#hoax`, category: 'hoax', score: 0.95 });
    const audit = aFlag({ ...flag, flagId: `${flag.post.id}#audit`, audit: { share: 0.1 } });
    return i % 6 === 0 ? [flag, hoax] : i % 11 === 0 ? [audit] : i % 13 === 0 ? [flag, flag] : [flag];
  }).flat();

/** What the database says of each flag, with campaigns and notices by their first flag instead of their ids. */
async function recorded() {
  const rows = await database.db.query<Record<string, unknown>>(
    `select f.flag_id, f.reported, first_value(f.flag_id) over (partition by f.campaign_id order by f.seq) as campaign,
            n.notice_id is not null as noticed, f.audit_share
       from flags f left join notices n on n.campaign_id = f.campaign_id and n.platform = f.platform order by f.seq`,
  );
  return JSON.stringify(rows, null, 1);
}

describe('a batch of flags', () => {
  it('comes to the same as its flags one by one, in their order', async () => {
    const jumble = aJumble();
    for (const flag of jumble) await notices.record([flag]);
    const oneByOne = await recorded();
    await database.db.query('truncate campaigns cascade');
    await database.db.query('truncate flags cascade');
    await notices.record(jumble.slice(0, 17));
    const outcomes = await notices.record(jumble);
    expect(await recorded()).toBe(oneByOne);
    expect(oneByOne).toContain('"reported": true');
    expect(outcomes.filter(({ repeated }) => repeated).length).toBeGreaterThan(17);
  });
});
