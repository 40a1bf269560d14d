import * as dagCbor from '@ipld/dag-cbor';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isWanted } from '../languages.js';
import { commitFrame } from './commit-frame.fixture.js';
import { firehoseSource, readFrame } from './firehose.js';
import { jetstreamSource, readMessage } from './jetstream.js';
import { blueskyPost } from './post-record.js';
import { FIREHOSE, JETSTREAM, streamDouble } from './stream-double.fixture.js';
import type { SourceContext } from '../source.js';

const repository = { platform: 'bluesky', did: 'did:plc:abc', rkey: '3k1' };
const record = { $type: 'app.bsky.feed.post', text: 'halo', createdAt: '2026-11-01T00:00:00Z', langs: ['id'] };
const content = (event: { content: unknown } | undefined) => event?.content;

describe('a Bluesky post', () => {
  it('is brought into our form, with whole links and relations', () => {
    const text = 'Cek ⚠️ contoh.invalid/abc… dan ini';
    const start = Buffer.from(text.slice(0, text.indexOf('contoh'))).length;
    const shown = Buffer.from('contoh.invalid/abc…').length;
    const uri = 'https://contoh.invalid/abcdef';
    const post = blueskyPost(repository, {
      ...record,
      text,
      facets: [{ index: { byteStart: start, byteEnd: start + shown }, features: [{ $type: 'x#link', uri }] }],
      reply: { parent: { uri: 'at://did:plc:x/app.bsky.feed.post/9', cid: 'c' }, root: { uri: 'at://a', cid: 'c' } },
      embed: {
        $type: 'app.bsky.embed.recordWithMedia',
        record: { record: { uri: 'at://did:plc:y/app.bsky.feed.post/8' } },
      },
    });
    expect(post).toEqual({
      kind: 'post',
      platform: 'bluesky',
      nativeId: 'did:plc:abc/3k1',
      text: `Cek ⚠️ ${uri} dan ini`,
      url: 'https://bsky.app/profile/did:plc:abc/post/3k1',
      author: 'did:plc:abc',
      language: 'id',
      createdAt: new Date('2026-11-01T00:00:00Z'),
      replyTo: 'bluesky:did:plc:x/9',
      quotes: 'bluesky:did:plc:y/8',
    });
  });

  it('keeps its text whatever its facets claim', () => {
    const facets = fc.array(
      fc.record({
        index: fc.record({ byteStart: fc.integer({ min: -5, max: 40 }), byteEnd: fc.integer({ min: -5, max: 40 }) }),
        features: fc.array(fc.record({ uri: fc.constant('') })),
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 10 }), facets, (text, claimed) => {
        const post = blueskyPost(repository, { ...record, text, facets: claimed });
        expect(post.kind).toBe('post');
      }),
    );
  });
});

describe('readFrame', () => {
  it('reads posts, edits and deletions of a commit, and leaves other records out', async () => {
    const frame = await commitFrame([
      { action: 'create', path: 'app.bsky.feed.post/3k1', record },
      { action: 'create', path: 'app.bsky.feed.like/3k2', record: { subject: 'x' } },
      { action: 'update', path: 'app.bsky.feed.post/3k3', record: { ...record, text: 'ralat' } },
      { action: 'delete', path: 'app.bsky.feed.post/3k4' },
    ]);
    const { events, seq, at } = readFrame(frame, 'bluesky');
    expect([seq, at]).toEqual([41, new Date('2026-11-01T00:00:05Z')]);
    expect(events.map(content)).toMatchObject([
      { kind: 'post', text: 'halo', nativeId: 'did:plc:abc/3k1' },
      { kind: 'post', text: 'ralat', editedAt: new Date('2026-11-01T00:00:05Z') },
      { kind: 'removal', nativeId: 'did:plc:abc/3k4' },
    ]);
  });

  it('tells faults of the protocol from frames that nobody can read', async () => {
    const fault = Buffer.concat([dagCbor.encode({ op: -1 }), dagCbor.encode({ error: 'FutureCursor' })]);
    expect(readFrame(fault, 'bluesky')).toEqual({ events: [], fault: 'FutureCursor' });
    expect(readFrame(Buffer.from('halo'), 'bluesky').events.map(content)).toMatchObject([{ reason: 'not-cbor' }]);
    const missing = await commitFrame([{ action: 'create', path: 'app.bsky.feed.post/3k1' }]);
    expect(readFrame(missing, 'bluesky').events.map(content)).toMatchObject([{ reason: 'record-missing' }]);
  });

  it('forgets a cursor that the server does not know, and does not take that for the end', async () => {
    const server = await streamDouble(FIREHOSE);
    server.emit(9, Buffer.concat([dagCbor.encode({ op: -1 }), dagCbor.encode({ error: 'FutureCursor' })]));
    const context = { allowPrivateAddresses: true } as SourceContext;
    const source = firehoseSource({ name: 'f', kind: 'firehose', url: server.url }, context);
    const cursors: object[] = [];
    const read = async () => {
      for await (const { cursor } of source.open({ seq: 5 }, new AbortController().signal)) cursors.push(cursor);
    };
    await expect(read()).rejects.toThrow('has begun anew');
    expect(cursors.at(-1)).toEqual({});
    await server.close();
  });

  it('never throws, whatever the bytes', async () => {
    const good = await commitFrame([{ action: 'create', path: 'app.bsky.feed.post/3k1', record }]);
    const changed = fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, byte]) => {
      const bytes = Buffer.from(good);
      bytes[at] = byte;
      return bytes;
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array().map((bytes) => Buffer.from(bytes)),
          changed,
        ),
        (bytes) => {
          for (const { content: read } of readFrame(bytes, 'bluesky').events)
            expect(read.kind).toMatch(/post|removal|refusal/);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('readMessage', () => {
  const message = (commit: object) =>
    Buffer.from(JSON.stringify({ did: 'did:plc:abc', time_us: 1_793_000_000_000_000, kind: 'commit', commit }));

  it('reads what Jetstream sends of posts', () => {
    const commit = { collection: 'app.bsky.feed.post', rkey: '3k1', rev: 'r', cid: 'c' };
    const kinds = ['create', 'update', 'delete'].map((operation) =>
      readMessage(message({ ...commit, operation, record }), 'bluesky'),
    );
    expect(kinds.map(({ event }) => event?.content)).toMatchObject([
      { kind: 'post', text: 'halo' },
      { kind: 'post', editedAt: new Date(1_793_000_000_000) },
      { kind: 'removal', nativeId: 'did:plc:abc/3k1' },
    ]);
  });

  it('passes over other events and names what it cannot read', () => {
    const account = Buffer.from('{"did":"did:plc:abc","time_us":7,"kind":"account","account":{"active":true}}');
    expect(readMessage(account, 'bluesky')).toEqual({ timeUs: 7 });
    const like = message({ operation: 'create', collection: 'app.bsky.feed.like', rkey: 'r', record: {} });
    expect(readMessage(like, 'bluesky').event).toBeUndefined();
    const broken = message({ operation: 'create', collection: 'app.bsky.feed.post', rkey: 'r', record: { text: 7 } });
    expect(content(readMessage(broken, 'bluesky').event)).toMatchObject({ kind: 'refusal', reason: 'schema-mismatch' });
    expect(content(readMessage(Buffer.from('{'), 'bluesky').event)).toMatchObject({ reason: 'not-json' });
  });
});

describe('a Jetstream source', () => {
  it('keeps no cursor that lies ahead, whoever says so', async () => {
    const server = await streamDouble(JETSTREAM);
    const stop = new AbortController();
    const source = jetstreamSource({ name: 'j', kind: 'jetstream', url: server.url }, {
      allowPrivateAddresses: true,
    } as SourceContext);
    const ahead = Number.MAX_SAFE_INTEGER;
    // A corrupt one, of the database, would let all that the server has be passed over.
    const before = Date.now() * 1000;
    server.emit(before + 1, JSON.stringify({ did: 'd', time_us: ahead, kind: 'account' }));
    const batches = source.open({ timeUs: ahead }, stop.signal)[Symbol.asyncIterator]();
    let cursor: { timeUs?: number } = {};
    for (let bytes = 0; bytes === 0;) {
      const { value } = (await batches.next()) as { value: { cursor: object; bytes: number } };
      ({ cursor, bytes } = value);
    }
    expect(cursor.timeUs).toBeGreaterThanOrEqual(before);
    expect(cursor.timeUs).toBeLessThanOrEqual(Date.now() * 1000);
    stop.abort();
    await batches.return?.(undefined);
    await server.close();
  });
});

describe('isWanted', () => {
  const post = blueskyPost(repository, { ...record, langs: ['id-ID'] });
  it('leaves out only what says that it is in another language', () => {
    expect([isWanted(post, ['id', 'ms']), isWanted(post, ['en']), isWanted(post, undefined)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(isWanted(blueskyPost(repository, { text: 'a' }), ['en'])).toBe(true);
  });
});
