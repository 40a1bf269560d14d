import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { incompatibilities, type JsonSchema } from './compatibility.fixture.js';
import {
  Claim,
  claimCodec,
  Decision,
  decisionCodec,
  Flag,
  flagCodec,
  Post,
  postCodec,
  TEXT_MAX,
  Verdict,
  verdictCodec,
  type Codec,
} from './index.js';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));

/** Name and current version; `fixtures/schemas.vN.json` has what version N promises. */
const EVENTS = [
  ['post', 1, Post, postCodec],
  ['verdict', 1, Verdict, verdictCodec],
  ['flag', 1, Flag, flagCodec],
  ['claim', 1, Claim, claimCodec],
  ['decision', 2, Decision, decisionCodec],
] as unknown as [string, number, JsonSchema, Codec<unknown>][];

const [aPost] = fixture('post.v1') as [Post];
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

describe.each(EVENTS)('%s events of version %i', (name, version, schema, codec) => {
  it('are read as they were written, and written the same', () => {
    for (const event of fixture(`${name}.v${version}`) as unknown[]) {
      expect(codec.decode(bytes(event))).toEqual({ ok: true, value: event });
      expect(codec.encode(event)).toEqual(bytes(event));
    }
  });

  it('has not changed in a way that needs a new schemaVersion', () => {
    const published = (fixture(`schemas.v${version}`) as Record<string, JsonSchema>)[name] as JsonSchema;
    expect(incompatibilities(published, JSON.parse(JSON.stringify(schema)) as JsonSchema)).toEqual([]);
  });

  it('ignores fields that it does not know', () => {
    const [event] = fixture(`${name}.v${version}`) as object[];
    expect(codec.decode(bytes({ ...event, later: { addition: 1 } }))).toMatchObject({ ok: true });
  });
});

describe('incompatibilities', () => {
  const before: JsonSchema = { properties: { id: { type: 'string' }, text: { type: 'string' } }, required: ['id'] };
  it('allows an optional field', () => {
    expect(
      incompatibilities(before, { ...before, properties: { ...before.properties, url: { type: 'string' } } }),
    ).toEqual([]);
  });
  it.each<[string, JsonSchema, string]>([
    ['a missing field', { ...before, properties: { id: { type: 'string' } } }, '/text is gone'],
    [
      'another type',
      { ...before, properties: { ...before.properties, text: { type: 'number' } } },
      '/text has changed',
    ],
    ['a new requirement', { ...before, required: ['id', 'text'] }, '/text became required'],
    ['a lost requirement', { ...before, required: [] }, '/id became optional'],
  ])('finds %s', (_what, after, finding) => expect(incompatibilities(before, after)).toEqual([finding]));
});

describe('decode', () => {
  it.each<[string, Buffer | null, string]>([
    ['nothing', null, 'empty-value'],
    ['no bytes', Buffer.alloc(0), 'empty-value'],
    ['half a character', Buffer.from([0x22, 0xf0, 0x9f, 0x22]), 'invalid-utf8'],
    ['a cut message', Buffer.from('{"schemaVersion":1,'), 'not-json'],
    ['deep nesting', Buffer.from('['.repeat(100_000)), 'not-json'],
    ['another shape', bytes([1, 2, 3]), 'schema-mismatch'],
    ['a later version', bytes({ ...aPost, schemaVersion: 2 }), 'unknown-schema-version'],
    ['a text over the limit', bytes({ ...aPost, text: 'x'.repeat(TEXT_MAX + 1) }), 'text-too-long'],
    ['a null byte', bytes({ ...aPost, text: 'a\0b' }), 'null-byte'],
    ['a private post', bytes({ ...aPost, visibility: 'private' }), 'schema-mismatch'],
    ['an id with a blank', bytes({ ...aPost, id: 'demo:a b' }), 'schema-mismatch'],
    ['a script address', bytes({ ...aPost, url: 'javascript:alert(1)' }), 'schema-mismatch'],
    ['a day that does not exist', bytes({ ...aPost, createdAt: '2026-02-31T00:00:00.000Z' }), 'schema-mismatch'],
    ['a year before the web', bytes({ ...aPost, createdAt: '0000-01-01T00:00:00.000Z' }), 'schema-mismatch'],
    ['a number too large', Buffer.from(JSON.stringify(aPost).replace('"demo:0001"', '1e999')), 'schema-mismatch'],
    ['a prototype key', Buffer.from('{"__proto__":{"schemaVersion":1}}'), 'schema-mismatch'],
  ])('tells %s apart', (_what, value, reason) => {
    expect(postCodec.decode(value)).toMatchObject({ ok: false, reason });
  });

  it('does not quote the post in what it says', () => {
    const decoded = postCodec.decode(Buffer.from('{"text":"rahasia sekali'));
    expect(decoded).not.toEqual(expect.objectContaining({ detail: expect.stringContaining('rahasia') }));
  });

  it('takes exactly the instants that Date would write', () => {
    const part = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
    fc.assert(
      fc.property(
        fc.integer({ min: 1970, max: 2999 }),
        part(13),
        part(32),
        part(25),
        part(61),
        (year, month, day, hour, minute) => {
          const createdAt = `${year}-${month}-${day}T${hour}:${minute}:00.000Z`;
          const time = Date.parse(createdAt);
          const exists = Number.isFinite(time) && new Date(time).toISOString() === createdAt;
          expect(postCodec.decode(bytes({ ...aPost, createdAt })).ok).toBe(exists);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((json) => Buffer.from(json)),
        ),
        (value) => {
          const decoded = postCodec.decode(Buffer.from(value));
          expect(decoded.ok).toBe(false);
        },
      ),
    );
  });

  it('gives back any post that it encoded', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 500 }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(text, (content) => {
        const post = { ...aPost, text: content };
        expect(postCodec.decode(postCodec.encode(post))).toEqual({ ok: true, value: post });
      }),
    );
  });
});

describe('encode', () => {
  it('refuses an event that does not fit: a bug of ours', () => {
    expect(() => postCodec.encode({ ...aPost, id: '' })).toThrow(TypeError);
  });
});
