import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { outboundClient, type OutboundClient } from '@siaga/runtime';
import { aFlag, useDatabase } from '@siaga/testkit';
import { log, startNotices, type Notices } from '../../notices.fixture.js';
import { aPolicy } from '../../policy.fixture.js';
import { mastodonChannel } from './mastodon.js';
import { serverDouble, TOKEN } from './server-double.fixture.js';

const database = useDatabase();
const RUMOUR = 'usir semua pendatang dari kampung kita sebelum mereka merebut tanah dan pekerjaan anak cucu';
let notices: Notices;
let server: Awaited<ReturnType<typeof serverDouble>>;
let client: OutboundClient;

beforeEach(async () => {
  notices = await startNotices(database);
  server = await serverDouble();
  client = outboundClient({ allowPrivateAddresses: true, userAgent: 'test', timeoutMs: 5_000, maxBodyBytes: 10_000 });
  const entry = {
    ...{ kind: 'mastodon' as const, url: server.url, token: 'masuk', forward: true, statuses: 2 },
    categories: { hate: { category: 'violation' as const, rules: ['3'] } },
  };
  const channel = mastodonChannel(entry, { client, log, secrets: { get: () => TOKEN } });
  notices.options = { ...notices.options, channelOf: () => channel };
});
afterEach(async () => {
  server.close();
  await client.close();
  await notices.close();
});

/** Copies that the server has, each of the account given, at an address of its own or of another server. */
const posted = (accounts: readonly string[], addressOf = (id: string) => `${server.url}/@sari/${id}`) =>
  accounts.map((account, i) => {
    const id = String(100 + i);
    server.statuses.set(id, account);
    return aFlag({ post: { text: `${RUMOUR} ${'!'.repeat(i)}`, url: addressOf(id) } });
  });

describe('reports to a Mastodon server', () => {
  it('are one for the posts of each account, of as many as a report may list', async () => {
    await notices.send(posted(['7', '8', '7', '7']));
    expect(server.reports.map(({ account_id: account, status_ids: ids }) => [account, ids])).toEqual([
      ['7', ['100', '102']],
      ['7', ['103']],
      ['8', ['101']],
    ]);
    expect(await notices.states()).toEqual(['delivered']);
    const [{ id }] = (await database.db.query<{ id: string }>('select delivery_id as id from deliveries')) as [
      { id: string },
    ];
    for (const report of server.reports) {
      expect(report).toMatchObject({ category: 'violation', rule_ids: ['3'], forward: true });
      expect(report.comment).toContain(`[siaga ${id}]`);
    }
  });

  it('are found by search where the post is another server’s', async () => {
    await notices.send(posted(['7'], (id) => `https://lain.invalid/@budi/${id}`));
    expect(server.reports).toMatchObject([{ account_id: '7', status_ids: ['100'] }]);
  });

  it('keep the comment within its limit, whatever the policy says', async () => {
    const { categories, ...policy } = aPolicy(server.url);
    notices.obey({
      ...policy,
      categories: { ...categories, hate: { ...categories.hate, legalBasis: ['pasal '.repeat(400)] } },
    });
    await notices.send(posted(['7']));
    expect([...(server.reports[0]?.comment ?? '')]).toHaveLength(1_000);
  });

  it('wait as long as the server asks, and repeat none that has arrived', async () => {
    server.moods.push({ status: 429, headers: { 'x-ratelimit-reset': new Date(Date.now() + 60_000).toISOString() } });
    await notices.send(posted(['7', '8']));
    expect(await notices.states()).toEqual(['scheduled']);
    const [{ wait }] = (await database.db.query<{ wait: number }>(
      'select extract(epoch from next_attempt_at - now())::float8 as wait from deliveries',
    )) as [{ wait: number }];
    expect(wait).toBeGreaterThan(30);
    await notices.again();
    expect(server.reports.map(({ account_id: account }) => account)).toEqual(['7', '8']);
    expect(await notices.states()).toEqual(['delivered']);
  });

  it('are for a person where nobody knows whether one arrived', async () => {
    server.moods.push('cut');
    await notices.send(posted(['7', '8']));
    await notices.again();
    expect(await notices.states()).toEqual(['unsure']);
    await notices.again();
    expect(server.reports).toHaveLength(1);
  });

  it('leave out posts that are gone, refused or nowhere, and fail when none is left', async () => {
    const flags = posted(['7', '8', '9']);
    server.statuses.delete('100');
    server.moods.push({ status: 422 });
    await notices.send([...flags, aFlag({ post: { text: `${RUMOUR} ?`, url: 'bukan alamat' } })]);
    expect(server.reports.map(({ account_id: account }) => account)).toEqual(['9']);
    expect(await notices.states()).toEqual(['delivered']);
    server.statuses.clear();
    await notices.send([
      aFlag({
        post: { text: 'harga cabai naik karena para pendatang licik dan serakah itu', url: `${server.url}/@x/1` },
      }),
    ]);
    expect(await notices.states()).toContain('failed');
  });

  it('stop where the server does not let us in', async () => {
    server.moods.push({ status: 403 });
    await notices.send(posted(['7']));
    expect(await notices.states()).toEqual(['failed']);
  });
});
