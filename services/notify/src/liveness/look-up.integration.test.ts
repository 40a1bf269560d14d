import { describe, expect, it } from '@jest/globals';
import { useDatabase } from '@siaga/testkit';
import { LIVENESS, one, useWatchedSite } from './watched-site.fixture.js';

const database = useDatabase();
const watched = useWatchedSite(database);
const { after, obey, report, rows, show, states } = watched;

describe('the APIs of platforms', () => {
  const bluesky = { kind: 'bluesky' as const };
  const post = { id: 'demo:did:plc:abc/3k2a', text: one.text };

  it('asks Bluesky for the post, sees an edit of it, and misses it when it is gone', async () => {
    obey(LIVENESS, { ...bluesky, service: watched.site });
    const posts = (...texts: string[]) =>
      show(200, { posts: texts.map((text) => ({ uri: 'at://a', record: { text } })) });
    await report(post);
    const seen = [];
    for (const [texts, hours] of [
      [[one.text], 2],
      [['maaf semuanya'], 5],
      [[], 20],
    ] as const) {
      posts(...texts);
      await after(hours);
      seen.push(...(await states()));
    }
    expect(seen).toEqual(['up', 'edited', 'gone']);
    const uri = encodeURIComponent('at://did:plc:abc/app.bsky.feed.post/3k2a');
    expect(watched.asked).toEqual(Array(3).fill(`/xrpc/app.bsky.feed.getPosts?uris=${uri}`));
  });

  it('asks a Mastodon server for the status by its own number', async () => {
    obey(LIVENESS, { kind: 'mastodon', server: watched.site });
    await report({ id: 'demo:1151', text: one.text });
    const seen = [];
    const status = { id: '1151', content: '<p>usir semua</p>', edited_at: null };
    for (const [code, body, hours] of [
      [200, status, 2],
      [200, { ...status, edited_at: new Date(Date.now() + 1_000).toISOString() }, 5],
      [404, { error: 'Record not found' }, 20],
    ] as const) {
      show(code, body);
      await after(hours);
      seen.push(...(await states()));
    }
    expect(seen).toEqual(['up', 'edited', 'gone']);
    expect(watched.asked).toEqual(Array(3).fill('/api/v1/statuses/1151'));
  });

  it.each(['not json', { posts: 'none' }, { posts: [{}] }])(
    'takes no answer of another shape for a post: %j',
    async (body) => {
      obey(LIVENESS, { ...bluesky, service: watched.site });
      show(200, body);
      await report(post);
      await after(2);
      expect(await rows()).toMatchObject([{ state: 'unseen', last_error: expect.stringContaining('API') }]);
    },
  );
});
