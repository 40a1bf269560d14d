import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { evidenceOf, partsOf } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import { runNotices } from '../cli/run-notices.js';
import { deliverOne } from '../dispatcher.js';
import { startNotices, type Notices } from '../notices.fixture.js';
import { askCalls, makeCalls, type CallResult } from './calls.js';
import type { Channel } from './channel.js';
import { consoleChannel } from './console.js';

const database = useDatabase();
const RUMOUR = 'usir semua pendatang dari kampung kita sebelum mereka merebut tanah dan pekerjaan anak cucu';
let notices: Notices;
/** The posts that the platform has heard of, in order. */
let heard: string[];
let answer: (url: string) => CallResult;
let asked: () => 'has' | 'has-not' | 'later' | 'unknown';

/** A platform that takes one post a call and would not notice a repeat. */
const channel: Channel = {
  deduplicates: false,
  send: (parcel) =>
    makeCalls(parcel, (JSON.parse(parcel.payload) as { urls: string[] }).urls, async function* (pending) {
      for (const url of pending) {
        yield {
          items: [url],
          make() {
            heard.push(url);
            return Promise.resolve(answer(url));
          },
        };
      }
    }),
  ask: (parcel) => askCalls(parcel, () => Promise.resolve(asked())),
};

const copies = (count: number) =>
  Array.from({ length: count }, (_, i) => aFlag({ post: { text: `${RUMOUR} ${'!'.repeat(i)}` } }));
const urlsOf = (flags: ReturnType<typeof copies>) => flags.map(({ post }) => post.url);
const deliveries = () =>
  database.db.query<{ id: string; state: string; notice: string }>(
    'select delivery_id as id, state, notice_id as notice from deliveries order by revision',
  );
const first = async () => (await deliveries())[0]!;

async function command(...args: string[]): Promise<string> {
  const printed: string[] = [];
  await runNotices(args, { databaseUrl: database.url, print: (text) => printed.push(text) });
  return printed.join('\n');
}

beforeEach(async () => {
  notices = await startNotices(database);
  notices.options = { ...notices.options, channelOf: () => channel };
  heard = [];
  answer = () => ({ kind: 'acknowledged' });
  asked = () => 'unknown';
});
afterEach(() => notices.close());

describe('a notice that is several calls', () => {
  it('makes one a post, in order, and a revision makes those of the new posts only', async () => {
    const flags = copies(5);
    await notices.record(flags.slice(0, 3));
    await notices.deliverAll();
    await notices.record(flags.slice(3));
    await notices.again();
    expect(heard).toEqual(urlsOf(flags));
    expect(await notices.states()).toEqual(['delivered', 'delivered']);
  });

  it('goes on after a call that was refused for now, and repeats none that arrived', async () => {
    const flags = copies(3);
    const [one, two, three] = urlsOf(flags);
    await notices.record(flags);
    answer = (url) => (url === two ? { kind: 'retry', error: 'HTTP 429' } : { kind: 'acknowledged' });
    await notices.deliverAll();
    expect(await notices.states()).toEqual(['scheduled']);
    answer = () => ({ kind: 'acknowledged' });
    await notices.again();
    expect(heard).toEqual([one, two, two, three]);
    expect(await notices.states()).toEqual(['delivered']);
  });

  it('leaves out posts that are gone or never taken, and says so when none is left', async () => {
    const flags = copies(3);
    const [one] = urlsOf(flags);
    await notices.record(flags);
    answer = (url) => (url === one ? { kind: 'acknowledged', note: '17' } : { kind: 'gone', note: 'no longer there' });
    await notices.deliverAll();
    const { notice } = await first();
    expect((await partsOf(database.db, { noticeId: notice, channel: 'webhook' })).map(({ note }) => note)).toEqual([
      '17',
      'no longer there',
      'no longer there',
    ]);
    expect(await notices.states()).toEqual(['delivered']);
    answer = () => ({ kind: 'gone', note: 'no longer there' });
    await notices.record([aFlag({ post: { text: 'harga cabai naik karena para pendatang licik dan serakah itu' } })]);
    await notices.deliverAll();
    expect(await command('failed')).toContain('no post left to report: no longer there');
  });

  it.each(['after', 'before'])('knows which call was under way when its worker died, %s it arrived', async (when) => {
    const flags = copies(3);
    const [one, two, three] = urlsOf(flags);
    await notices.record(flags);
    answer = (url) => {
      if (url !== two) return { kind: 'acknowledged' };
      if (when === 'before') heard.pop();
      throw new Error('the worker dies here');
    };
    await expect(notices.deliverAll()).rejects.toThrow('dies here');
    answer = () => ({ kind: 'acknowledged' });
    await notices.again();
    expect(await notices.states()).toEqual(['unsure']);
    expect(heard).toEqual(when === 'after' ? [one, two] : [one]);

    const { id, notice } = await first();
    const shown = await command('unsure');
    expect(shown).toContain(`${id} to demo by webhook`);
    expect(shown).toContain(`in doubt: ${two}`);
    expect(shown).not.toContain(`${one}\n`);
    await command(when === 'after' ? 'arrived' : 'send-again', id, '--by', 'ani');
    await notices.again();
    expect(heard).toEqual([one, two, three]);
    expect(await notices.states()).toEqual(['delivered']);
    await expect(command('send-again', id)).rejects.toThrow('of which a person can say');
    const events = (await evidenceOf(database.db, notice)).map(({ event }) => event);
    expect(events.slice(-3)).toEqual(['delivery-unsure', 'delivery-decided', 'delivery-made']);
  });

  it.each(['has', 'has-not'] as const)('asks about the call that was cut off, and hears that it %s it', async (has) => {
    const flags = copies(2);
    const [one, two] = urlsOf(flags);
    await notices.record(flags);
    answer = () => ({ kind: 'uncertain', error: 'cut off' });
    await notices.deliverAll();
    expect(await notices.states()).toEqual(['uncertain']);
    asked = () => 'later';
    await notices.again();
    expect(await notices.states()).toEqual(['uncertain']);
    expect(heard).toEqual([one]);
    asked = () => has;
    answer = () => ({ kind: 'acknowledged' });
    await notices.again();
    expect(heard).toEqual(has === 'has' ? [one, two] : [one, one, two]);
    expect(await notices.states()).toEqual(['delivered']);
  });

  it('does not report in a revision what an earlier one is in doubt about', async () => {
    const flags = copies(2);
    await notices.record(flags.slice(0, 1));
    answer = () => ({ kind: 'uncertain', error: 'cut off' });
    await notices.deliverAll();
    answer = () => ({ kind: 'acknowledged' });
    await notices.record(flags.slice(1));
    await notices.again();
    expect(heard).toEqual(urlsOf(flags));
    expect((await notices.states()).sort()).toEqual(['delivered', 'unsure']);
  });

  it('makes no call once another worker has the delivery', async () => {
    const flags = copies(2);
    await notices.record(flags);
    let other: Promise<boolean> | undefined;
    const slow: Channel = {
      ...channel,
      send: async (parcel) => {
        if (other === undefined) {
          await notices.hurry();
          await (other = deliverOne(notices.options));
        }
        return channel.send(parcel);
      },
    };
    notices.options = { ...notices.options, channelOf: () => slow };
    await deliverOne(notices.options);
    expect(heard).toEqual(urlsOf(flags));
    expect(await notices.states()).toEqual(['delivered']);
  });
});

describe('a platform that takes notices from a person only', () => {
  it('waits by hand, shows what to forward, and is delivered when somebody says so', async () => {
    notices.options = { ...notices.options, channelOf: () => consoleChannel() };
    const flags = copies(2);
    await notices.record(flags);
    await notices.again();
    await notices.again();
    expect(await notices.states()).toEqual(['by-hand']);
    const shown = await command('by-hand');
    for (const url of urlsOf(flags)) expect(shown).toContain(`  ${url}`);
    expect(shown).toContain('iktikad baik');
    const { id } = await first();
    expect(await command('arrived', id)).toBe(`${id} is delivered`);
    expect(await command('by-hand')).toBe('nothing is by-hand');
    await expect(command('arrived', 'x')).rejects.toThrow('needs the id of a delivery');
  });
});
