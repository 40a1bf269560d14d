import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, outboundClient, type OutboundClient } from '@siaga/runtime';
import { aFlag, type Receiver, startReceiver, until, useDatabase } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { deliverOne, type DispatcherOptions } from './dispatcher.js';
import { notifyMetrics } from './metrics.js';
import { channelTo } from './notices.fixture.js';
import { aPolicy } from './policy.fixture.js';
import { recordFlags } from './record-flags.js';

const database = useDatabase();
const RUMOUR = 'usir semua pendatang dari kampung kita sebelum mereka merebut tanah dan pekerjaan anak cucu';

let receiver: Receiver;
let client: OutboundClient;
let options: DispatcherOptions;

const copy = (edit: string, fields: Parameters<typeof aFlag>[0] = {}) =>
  aFlag({ ...fields, post: { text: `${RUMOUR} ${edit}`, ...fields.post } });
const record = (flags: ReturnType<typeof aFlag>[], policy = options.policy()) =>
  database.db.transaction((tx) => recordFlags(tx, flags, policy));
const deliverAll = async () => {
  while (await deliverOne(options));
};
/** Retries wait; the tests do not. */
const hurry = () => database.db.query(`update deliveries set next_attempt_at = now(), claimed_until = null`);
const states = async () =>
  (await database.db.query<{ state: string }>('select state from deliveries order by created_at')).map(
    ({ state }) => state,
  );

beforeEach(async () => {
  await database.db.query('truncate campaigns cascade');
  receiver = await startReceiver();
  client = outboundClient({ allowPrivateAddresses: true, userAgent: 'test', timeoutMs: 2_000, maxBodyBytes: 10_000 });
  const channel = channelTo(receiver, client);
  options = {
    db: database.db,
    policy: () => aPolicy(receiver.url),
    publicUrl: 'http://siaga.invalid',
    channelOf: (platform) => (platform === 'demo' ? channel : undefined),
    metrics: notifyMetrics(new Registry()),
    log: createLogger('test', 'silent'),
  };
});
afterEach(async () => {
  await client.close();
  await receiver.close();
});

describe('notices', () => {
  it('records a post of the audit and never reports it, whatever its score', async () => {
    const audited = copy('!', { audit: { share: 0.01 } });
    const flag = { ...audited, flagId: `${audited.post.id}#audit` };
    const [result] = await record([flag]);
    const alert = copy('!!');
    await record([flag, alert]);
    expect(result).toMatchObject({ repeated: false, campaignOpened: false, noticeOpened: false });
    await deliverAll();
    expect(receiver.received.map(({ body }) => body.urls)).toEqual([[alert.post.url]]);
    const rows = await database.db.query('select campaign_id, reported, audit_share from flags where flag_id = $1', [
      flag.flagId,
    ]);
    expect(rows).toEqual([{ campaign_id: null, reported: false, audit_share: 0.01 }]);
  });

  it('sends one notice for a campaign, with every address and what a notice must hold', async () => {
    const flags = ['!', '!!', 'ya', 'dong', 'sekarang'].map((edit) => copy(edit));
    await record(flags);
    await deliverAll();
    expect(receiver.received).toHaveLength(1);
    const notice = receiver.received[0]?.body;
    expect(notice).toMatchObject({
      revision: 1,
      supersedes: null,
      category: 'hate',
      legal_basis: ['UU ITE pasal 28 ayat 2'],
      language: 'id',
      notifier: { name: 'Posko Siaga', email: 'posko@siaga.invalid' },
      automated_detection: true,
      human_reviewed: false,
    });
    expect(notice?.urls).toEqual(flags.map((flag) => flag.post.url));
    expect(notice?.explanation).toContain('5 unggahan');
    expect(notice?.good_faith).toContain('iktikad baik');
    expect(JSON.stringify(notice)).not.toContain('pendatang');
  });

  it('appends later copies as a revision, and changes nothing for a flag it has seen', async () => {
    const first = copy('satu');
    await record([first]);
    await deliverAll();
    await record([first]);
    await deliverAll();
    const second = copy('dua');
    await record([second]);
    await deliverAll();
    expect(
      receiver.received.map(({ body }) => [body.revision, body.supersedes, (body.urls as string[]).length]),
    ).toEqual([
      [1, null, 1],
      [2, 1, 2],
    ]);
    expect(new Set(receiver.received.map(({ body }) => body.notice_id)).size).toBe(1);
  });

  it('keeps another text, another category and another platform out of the campaign’s notice', async () => {
    await record([
      copy('satu'),
      aFlag({ post: { text: 'harga cabai di pasar kampung naik lagi karena hujan terus sepanjang pekan' } }),
      copy('dua', { post: { platform: 'elsewhere' } }),
    ]);
    await deliverAll();
    expect(receiver.received.map(({ body }) => (body.urls as string[]).length)).toEqual([1, 1]);
  });

  it('reports a post once, under its surest category, and its copies too', async () => {
    const policy = aPolicy(receiver.url);
    const withHoax = { ...policy, categories: { ...policy.categories, hoax: policy.categories.hate } };
    options = { ...options, policy: () => withHoax };
    const both = (edit: string) => {
      const hate = copy(edit);
      return [hate, aFlag({ ...hate, flagId: `${hate.post.id}#hoax`, category: 'hoax', score: 0.92 })];
    };
    await record([...both('satu'), ...both('dua')]);
    await deliverAll();
    await record(both('tiga'));
    await deliverAll();
    expect(receiver.received.map(({ body }) => [body.category, (body.urls as string[]).length])).toEqual([
      ['hate', 2],
      ['hate', 3],
    ]);
  });

  it.each([
    ['a score below the escalation threshold', copy('a', { score: 0.8 })],
    ['a category that the platform does not take', copy('b', { category: 'bullying' })],
    ['a category that needs a person', copy('c', { category: 'hoax' })],
    ['a platform that the policy does not know', copy('d', { post: { platform: 'unknown' } })],
    ['a platform named like a prototype key', copy('e', { post: { platform: 'constructor' } })],
  ])('sends nothing for %s', async (_what, flag) => {
    await record([flag]);
    await deliverAll();
    expect(receiver.received).toEqual([]);
    expect(await database.db.query('select 1 from flags')).toHaveLength(1);
  });

  it('tries again what the platform refused for now, under the same id', async () => {
    receiver.behave = (attempt) => (attempt === 1 ? 503 : 'accept');
    await record([copy('a')]);
    await deliverAll();
    expect(await states()).toEqual(['scheduled']);
    await hurry();
    await deliverAll();
    expect(await states()).toEqual(['delivered']);
    expect(receiver.received).toHaveLength(1);
  });

  it('gives up on a refusal that will not pass', async () => {
    receiver.behave = () => 422;
    await record([copy('a')]);
    await deliverAll();
    expect(await states()).toEqual(['failed']);
  });

  it('asks the platform after a gateway that gave up on it', async () => {
    receiver.behave = () => 502;
    await record([copy('a')]);
    await deliverAll();
    expect(await states()).toEqual(['uncertain']);
    receiver.behave = () => 'accept';
    await hurry();
    await deliverAll();
    expect(await states()).toEqual(['delivered']);
  });

  it('asks the platform when nobody can tell whether it arrived, and does not send twice', async () => {
    receiver.behave = () => 'cut';
    await record([copy('a')]);
    await deliverAll();
    expect(await states()).toEqual(['uncertain']);
    receiver.behave = () => 'accept';
    await hurry();
    await deliverAll();
    expect(await states()).toEqual(['delivered']);
    expect(receiver.received).toHaveLength(1);
  });

  it('sends the frozen payload of a holder that died, even if copies have joined since', async () => {
    await record([copy('a')]);
    receiver.behave = () => 500;
    await deliverAll();
    await record([copy('b')]);
    receiver.behave = () => 'accept';
    await hurry();
    await deliverAll();
    expect(receiver.received.map(({ body }) => (body.urls as string[]).length).sort()).toEqual([1, 2]);
  });

  it('never opens two campaigns or notices for one text, however many workers record it at once', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, i) => record([copy(`salinan ${i}`)])));
    await until('delivered', async () => (await deliverAll(), true));
    expect(await database.db.query('select 1 from campaigns')).toHaveLength(1);
    expect(await database.db.query('select 1 from notices')).toHaveLength(1);
  });
});
