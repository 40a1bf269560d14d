import { describe, expect, it } from '@jest/globals';
import { CANARY_PLATFORM, postCodec, type Post } from '@siaga/contracts';
import fc from 'fast-check';
import { normalFormOf } from './normal-form.js';
import { blueskyPost } from './sources/bluesky/post-record.js';
import type { RawPost } from './sources/source.js';

const NOW = new Date('2026-11-24T10:00:00.000Z');
const normalForm = normalFormOf('kunci uji', () => NOW);
const raw: RawPost = { kind: 'post', text: 'halo', nativeId: '1', platform: 'contoh' };

function formOf(fields: Partial<RawPost>): Post {
  const form = normalForm({ ...raw, ...fields }, 'uji');
  const decoded = postCodec.decode(form.kind === 'encoded' ? form.bytes : null);
  if (!decoded.ok) throw new Error(decoded.detail);
  return decoded.value;
}

describe('the normal form', () => {
  it.each([
    ['a date long gone', { createdAt: new Date('0001-01-01') }, { createdAt: NOW.toISOString() }],
    ['a date far ahead', { createdAt: new Date('+275760-09-13') }, { createdAt: NOW.toISOString() }],
    ['no date', { createdAt: new Date(NaN), editedAt: new Date(NaN) }, { createdAt: NOW.toISOString() }],
    ['an edit far ahead', { editedAt: new Date('+012026-01-01') }, { editedAt: NOW.toISOString() }],
    ['a language without end', { language: 'x'.repeat(36) }, { text: 'halo' }],
    ['an address with a blank', { url: 'https://contoh.invalid/a b', reach: -1 }, { text: 'halo' }],
    ['relations to nothing', { replyTo: 'contoh:\u0007', quotes: `contoh:${'9'.repeat(600)}` }, { text: 'halo' }],
  ])('keeps the post when there stands beside it %s', (_what, beside, wanted) => {
    const post = formOf(beside);
    expect(post).toMatchObject(wanted);
    for (const name of ['language', 'url', 'reach', 'replyTo', 'quotes'] as const) expect(post[name]).toBeUndefined();
  });

  it('lets no author escape by what a Bluesky record says beside the text', () => {
    const beside = fc.record(
      {
        createdAt: fc.oneof(
          fc.string(),
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        ),
        langs: fc.array(fc.string({ maxLength: 50 }), { maxLength: 2 }),
        reply: fc.record({
          parent: fc.record({ uri: fc.string().map((s) => `at://did:${s}/app.bsky.feed.post/${s}`) }),
        }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(beside, fc.constantFrom('halo', 'ha\0lo'), (fields, text) => {
        const post = blueskyPost({ platform: 'bluesky', did: 'did:plc:abc', rkey: '3k1' }, { ...fields, text });
        expect(post.kind === 'post' && normalForm(post, 'uji').kind).toBe('encoded');
      }),
    );
  });

  it.each(['post', 'removal', 'departure'] as const)('takes no %s in the name of the canary', (kind) => {
    const form = normalForm({ ...raw, kind, author: 'a', platform: CANARY_PLATFORM } as RawPost, 'uji');
    expect(form).toMatchObject({ kind: 'refusal', reason: 'reserved-platform' });
  });

  it('still refuses what is no post at all', () => {
    expect(normalForm({ ...raw, nativeId: 'a b' }, 'uji')).toMatchObject({ reason: 'schema-mismatch' });
    expect(normalForm({ ...raw, text: 'x'.repeat(20_001) }, 'uji')).toMatchObject({ reason: 'text-too-long' });
  });
});
