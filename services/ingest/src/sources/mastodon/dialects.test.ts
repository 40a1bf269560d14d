import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@siaga/runtime';
import { politeClient, type PoliteClient } from '../../web/polite-client.js';
import { robotsRules } from '../../web/robots.js';
import { USER_AGENT } from '../user-agent.js';
import type { SourceBatch } from '../source.js';
import { dialectDouble, GOTOSOCIAL, PLEROMA, TOKEN, type Manners } from './dialect-double.fixture.js';
import { mastodonSource } from './mastodon.js';
import { idAt } from './status-ids.js';

const START = Date.parse('2026-11-24T10:00:00Z');
const LIKE = { gotosocial: '01ARYZ6S41TSV4RRFFQ69G5FAV', pleroma: 'AXWfRbUvCqSzZ9bWyW' };

describe('a source that streams over a websocket', () => {
  let server: Awaited<ReturnType<typeof dialectDouble>>;
  let stop: AbortController;
  let web: PoliteClient;
  beforeEach(() => {
    stop = new AbortController();
    web = politeClient(
      { allowPrivateAddresses: true, userAgent: USER_AGENT, timeoutMs: 10_000, maxBodyBytes: 1_000_000 },
      { concurrency: 4, perSecond: 1_000, failures: 100, restMs: 1_000 },
    );
  });
  afterEach(async () => {
    stop.abort();
    await web.close();
    server.close();
  });

  const sourceOf = (fields: object = {}) =>
    mastodonSource(
      { name: 'm', kind: 'mastodon', url: server.url, pollSeconds: 0.05, token: 'fediverse', ...fields },
      {
        ...{ allowPrivateAddresses: true, log: createLogger('test', 'silent'), secrets: { get: () => TOKEN } },
        ...{ web, robots: robotsRules(web) },
      },
    );
  const open = (cursor: unknown, fields: object = {}) =>
    sourceOf(fields).open(cursor, stop.signal) as AsyncGenerator<SourceBatch>;
  const textsOf = ({ events }: SourceBatch) =>
    events.map(({ content }) => (content.kind === 'post' ? content.text : content.kind));
  /** Takes batches until so many events have come. */
  const take = async (batches: AsyncGenerator<SourceBatch>, number: number) => {
    const texts: string[] = [];
    let cursor: object = {};
    let bytes = 0;
    while (texts.length < number) {
      const batch = (await batches.next()).value as SourceBatch;
      texts.push(...textsOf(batch));
      cursor = batch.cursor;
      bytes += batch.bytes ?? 0;
    }
    return { texts, cursor, bytes };
  };
  const aStatus = (dialect: keyof typeof LIKE, n: number, fields: object = {}) => ({
    id: idAt(START + n * 1_000, LIKE[dialect]) as string,
    created_at: new Date(START + n * 1_000).toISOString(),
    visibility: 'public',
    content: `<p>kabar ${n}</p>`,
    language: null,
    uri: `https://contoh.invalid/${n}`,
    account: { acct: 'sari' },
    ...fields,
  });

  it.each([
    ['gotosocial', GOTOSOCIAL, null],
    ['pleroma', PLEROMA, TOKEN],
  ] as const)('reads what %s tells, and shows its token where it is looked for', async (dialect, manners, inQuery) => {
    server = await dialectDouble(manners);
    const status = (n: number, fields: object = {}) => aStatus(dialect, n, fields);
    server.statuses.push(status(1));
    const batches = open(null, { local: true });
    expect((await take(batches, 1)).texts).toEqual(['kabar 1']);
    const update = (event: string, payload: unknown) => ({
      stream: ['public'],
      event,
      payload: JSON.stringify(payload),
    });
    server.send(update('update', status(2)));
    server.send(update('update', status(3, { visibility: 'unlisted' })));
    server.send(
      update('status.update', status(1, { content: '<p>ralat</p>', edited_at: new Date(START).toISOString() })),
    );
    server.send({ event: 'delete', payload: status(2).id });
    server.send({ event: 'filters_changed' });
    server.send('{"event":');
    const { texts, cursor, bytes } = await take(batches, 4);
    expect(texts).toEqual(['kabar 2', 'ralat', 'removal', 'refusal']);
    // The stream has moved it, also by what is not taken.
    expect(cursor).toEqual({ minId: status(3).id });
    expect(bytes).toBeGreaterThan(3 * JSON.stringify(status(1)).length);
    expect(
      server.opened.map(({ searchParams }) => [searchParams.get('stream'), searchParams.get('access_token')]),
    ).toEqual([['public:local', inQuery]]);
    server.hangUp();
    await expect(take(batches, 1)).rejects.toThrow('closed the connection');
  });

  it.each(['gotosocial', 'pleroma'] as const)('goes on in the order of the ids of %s', async (dialect) => {
    server = await dialectDouble(dialect === 'pleroma' ? PLEROMA : GOTOSOCIAL);
    for (let n = 0; n < 300; n++) server.statuses.push(aStatus(dialect, n));
    const batches = open({ minId: aStatus(dialect, 199).id });
    // Two minutes earlier, for posts that arrive late; the one at that very time is behind.
    const { texts, cursor } = await take(batches, 220);
    expect(texts).toEqual(Array.from({ length: 220 }, (_, i) => `kabar ${80 + i}`));
    expect(cursor).toEqual({ minId: aStatus(dialect, 299).id });
    await batches.return(undefined);
  });

  it.each(['gotosocial', 'pleroma'] as const)('is rewound to a time by an id of %s', async (dialect) => {
    server = await dialectDouble(dialect === 'pleroma' ? PLEROMA : GOTOSOCIAL);
    for (let n = 0; n < 300; n++) server.statuses.push(aStatus(dialect, n));
    const batches = open(sourceOf().cursorAt?.(new Date(START + 250_000)));
    expect((await take(batches, 1)).texts[0]).toBe('kabar 131');
    await batches.return(undefined);
  });

  it.each([404, 400, 405, 426, 501])('polls where neither stream is to be had, told so by a %s', async (code) => {
    const none: Manners = { sse: { status: code }, refusal: code, tokenIn: 'nowhere' };
    server = await dialectDouble(none);
    server.statuses.push(aStatus('gotosocial', 1));
    const batches = open(null);
    expect((await take(batches, 1)).texts).toEqual(['kabar 1']);
    server.statuses.push(aStatus('gotosocial', 2));
    expect((await take(batches, 1)).texts).toEqual(['kabar 2']);
    await batches.return(undefined);
  });

  it('comes again later where the stream is only out of order, or says what is wrong', async () => {
    server = await dialectDouble({ sse: { status: 404 }, refusal: 503, tokenIn: 'nowhere' });
    await expect(open(null).next()).rejects.toThrow('HTTP 503 where a websocket was asked for');
    server.close();
    server = await dialectDouble(GOTOSOCIAL);
    server.statuses.push(aStatus('gotosocial', 1));
    const batches = open(null);
    await take(batches, 1);
    server.send({ error: 'unknown stream' });
    await expect(take(batches, 1)).rejects.toThrow('the stream says: unknown stream');
  });
});
