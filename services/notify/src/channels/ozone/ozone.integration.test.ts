import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { outboundClient, type OutboundClient } from '@siaga/runtime';
import { aFlag, useDatabase } from '@siaga/testkit';
import { log, startNotices, type Notices } from '../../notices.fixture.js';
import { aPolicy } from '../../policy.fixture.js';
import { ozoneChannel } from './ozone.js';
import { LABELER, PASSWORD, pdsDouble } from './pds-double.fixture.js';

const database = useDatabase();
const RUMOUR = 'usir semua pendatang dari kampung kita sebelum mereka merebut tanah dan pekerjaan anak cucu';
const AUTHOR = 'did:plc:penulis';
let notices: Notices;
let pds: Awaited<ReturnType<typeof pdsDouble>>;
let client: OutboundClient;

beforeEach(async () => {
  notices = await startNotices(database);
  pds = await pdsDouble();
  client = outboundClient({ allowPrivateAddresses: true, userAgent: 'test', timeoutMs: 5_000, maxBodyBytes: 10_000 });
  open();
});
afterEach(async () => {
  pds.close();
  await client.close();
  await notices.close();
});

function open({ moderator = false, password = PASSWORD, reasons = {} } = {}): void {
  const entry = {
    ...{ kind: 'ozone' as const, service: pds.url, identifier: 'pelapor.test', password: 'bluesky' },
    ...{ labeler: LABELER, reasons, moderator },
  };
  const channel = ozoneChannel(entry, { client, log, secrets: { get: () => password } });
  notices.options = { ...notices.options, channelOf: () => channel };
}

const uriOf = (id: string) => `at://${AUTHOR}/app.bsky.feed.post/${id}`;
/** Copies that are there, by the address that a fleet that reads the firehose would have, or another. */
const posted = (count: number, addressOf = (id: string) => `https://bsky.app/profile/${AUTHOR}/post/${id}`) =>
  Array.from({ length: count }, (_, i) => {
    const id = `3k${i}`;
    pds.records.set(uriOf(id), `cid-${id}`);
    return aFlag({ post: { text: `${RUMOUR} ${'!'.repeat(i)}`, url: addressOf(id) } });
  });
const reported = () => pds.reports.map(({ subject }) => subject.uri);

describe('reports to an Ozone moderation service', () => {
  it('are one for each post, of the version that is there', async () => {
    await notices.send(posted(2));
    expect(await notices.states()).toEqual(['delivered']);
    const [{ id }] = (await database.db.query<{ id: string }>('select delivery_id as id from deliveries')) as [
      { id: string },
    ];
    expect(pds.reports).toEqual(
      ['3k0', '3k1'].map((rkey) => ({
        reasonType: 'tools.ozone.report.defs#reasonHarassmentHateSpeech',
        reason: expect.stringContaining(`[siaga ${id}]`),
        subject: { $type: 'com.atproto.repo.strongRef', uri: uriOf(rkey), cid: `cid-${rkey}` },
      })),
    );
  });

  it('give the reason that the policy names', async () => {
    open({ reasons: { hate: 'com.atproto.moderation.defs#reasonRude' } });
    await notices.send(posted(1));
    expect(pds.reports).toMatchObject([{ reasonType: 'com.atproto.moderation.defs#reasonRude' }]);
  });

  it.each([
    ['a handle', (id: string) => `https://bsky.app/profile/penulis.test/post/${id}`],
    ['an at:// address', uriOf],
  ])('find a post by %s', async (_what, addressOf) => {
    pds.handles.set('penulis.test', AUTHOR);
    await notices.send(posted(1, addressOf));
    expect(reported()).toEqual([uriOf('3k0')]);
  });

  it('keep the reason within its limit, whatever the policy says', async () => {
    const { categories, ...policy } = aPolicy(pds.url);
    notices.obey({
      ...policy,
      categories: { ...categories, hate: { ...categories.hate, legalBasis: ['pasal '.repeat(600)] } },
    });
    await notices.send(posted(1));
    expect([...(pds.reports[0]?.reason ?? '')]).toHaveLength(2_000);
  });

  it('sign in once, refresh what has expired, and sign in again when that has, too', async () => {
    const next = (words: string) => {
      const id = `3l${pds.records.size}`;
      pds.records.set(uriOf(id), 'cid');
      return notices.send([aFlag({ post: { text: words, url: uriOf(id) } })]);
    };
    await next('usir semua pendatang dari kampung kita sebelum mereka merebut tanah anak cucu');
    await next('harga cabai naik karena para pedagang licik dan serakah dari seberang itu');
    pds.expire();
    await next('jangan biarkan kaum itu menyewa rumah di gang kita sampai kapan pun juga');
    pds.expire({ refreshToo: true });
    await next('mereka semua pencuri dan pemalas sejak lahir dan tidak pantas ikut ronda malam');
    expect(await notices.states()).toEqual(Array(4).fill('delivered'));
    expect(pds.reports).toHaveLength(4);
    const signing = (name: string) => pds.calls.filter((call) => call === name).length;
    expect([signing('createSession'), signing('refreshSession')]).toEqual([2, 2]);
  });

  it('wait as long as the server asks, and repeat none that has arrived', async () => {
    const headers = {
      'ratelimit-remaining': '0',
      'ratelimit-reset': String(Math.floor(Date.now() / 1000) + 600),
    };
    await notices.record(posted(2));
    pds.moods.push({ status: 429, error: 'RateLimitExceeded', headers });
    await notices.deliverAll();
    expect(await notices.states()).toEqual(['scheduled']);
    const [{ wait }] = (await database.db.query<{ wait: number }>(
      'select extract(epoch from next_attempt_at - now())::float8 as wait from deliveries',
    )) as [{ wait: number }];
    expect(wait).toBeGreaterThan(300);
    pds.moods.push({ status: 400, error: 'ExpiredToken' });
    await notices.again();
    await notices.again();
    expect(reported()).toEqual([uriOf('3k0'), uriOf('3k1')]);
    expect(await notices.states()).toEqual(['delivered']);
  });

  it.each(['cut', { status: 502, error: 'UpstreamFailure' }] as const)(
    'are for a person where nobody knows whether one arrived: %j',
    async (mood) => {
      pds.moods.push(mood);
      await notices.send(posted(2));
      await notices.again();
      expect(await notices.states()).toEqual(['unsure']);
      const before = pds.reports.length;
      await notices.again();
      expect(pds.reports).toHaveLength(before);
    },
  );

  it.each(['cut', 'lost'] as const)('are asked for by one of the team: %s', async (mood) => {
    open({ moderator: true });
    pds.moods.push(mood);
    await notices.send(posted(2));
    expect(await notices.states()).toEqual(['uncertain']);
    await notices.again();
    expect(await notices.states()).toEqual(['delivered']);
    expect(reported()).toEqual([uriOf('3k0'), uriOf('3k1')]);
  });

  it('leave out posts that are gone, refused or nowhere, and fail when none is left', async () => {
    const flags = posted(3);
    pds.records.delete(uriOf('3k0'));
    pds.moods.push({ status: 400, error: 'InvalidRequest' });
    await notices.send([...flags, aFlag({ post: { text: `${RUMOUR} ?`, url: 'https://lain.invalid/post/3k9' } })]);
    expect(reported()).toEqual([uriOf('3k2')]);
    expect(await notices.states()).toEqual(['delivered']);
    const gone = 'https://bsky.app/profile/tiada.test/post/3k8';
    await notices.send([
      aFlag({ post: { text: 'harga cabai naik karena para pendatang licik dan serakah itu', url: gone } }),
    ]);
    expect(await notices.states()).toContain('failed');
  });

  it('stop where the server does not let us in', async () => {
    open({ password: 'salah' });
    await notices.send(posted(1));
    expect(await notices.states()).toEqual(['failed']);
    expect(pds.reports).toEqual([]);
  });
});
