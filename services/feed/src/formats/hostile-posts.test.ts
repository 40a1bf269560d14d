import { describe, expect, it } from '@jest/globals';
import type { FlagRow } from '@siaga/storage';
import { HOSTILE_POSTS } from '@siaga/testkit';
import { parseAtomFeed } from 'feedsmith';
import { anItem } from '../console/item.fixture.js';
import { digestLetter } from '../subscriptions/digest-letter.js';
import { textToForward } from '../text-to-forward.js';
import { csvRows } from './flag-csv.js';
import { atomOf, jsonFeedOf } from './flag-feeds.js';

const items = HOSTILE_POSTS.map(({ text, url }) => anItem({ post: { text, url } }));
const at = new Date('2026-11-01T00:00:00Z');
const rows: FlagRow[] = HOSTILE_POSTS.map(({ text, url }) => ({
  ...{ flagId: 'demo:1#hate', seq: 1, category: 'hate', score: 0.97, threshold: 0.6, modelVersion: '1' },
  ...{ campaignId: 'campaign', campaignSize: 1, platform: 'demo', author: null, language: null, text, url },
  ...{ createdAt: at, recordedAt: at, removedAt: null, deliveryState: null, answerState: null, dueAt: null },
}));
const page = { title: 'Siaga', items, self: 'https://siaga.invalid/v1/flags.atom', next: null };
/** What acts on the text around it, wherever it stands. */
// eslint-disable-next-line no-control-regex
const ACTING = /[\u0000-\u0008\u202a-\u202e\u2066-\u2069]|\p{M}{4}/u;

describe('hostile posts', () => {
  it('stay in their cells as CSV, of which none is a formula', () => {
    for (const flag of rows) {
      const row = csvRows([flag]);
      expect(ACTING.exec(row)).toBeNull();
      expect(/(^|,)"?[\s]*[=+@-](?![\d.]+(,|$))/m.exec(row)).toBeNull();
      expect((row.match(/"/g) ?? []).length % 2).toBe(0);
    }
  });

  it('are text in Atom, and lead to no script', () => {
    const xml = atomOf(page);
    expect(ACTING.exec(xml)).toBeNull();
    // What stands in CDATA is text.
    const markup = xml.replace(/<!\[CDATA\[.*?\]\]>/gs, '');
    expect(/<(script|img|svg|\/pre)|href="(?!https?:)/i.exec(markup)).toBeNull();
    const { entries = [] } = parseAtomFeed(xml);
    expect(entries).toHaveLength(items.length);
    expect(entries.map(({ content }) => content?.type)).toEqual(items.map(() => 'text'));
  });

  it('are text in JSON Feed, and lead to no script', () => {
    for (const item of jsonFeedOf(page).items) {
      expect(item).not.toHaveProperty('content_html');
      expect(ACTING.exec(`${item.title}${item.content_text}`)).toBeNull();
      expect(item.url ?? 'https:').toMatch(/^https?:/);
    }
  });

  it('are short text in a digest by mail, where only our own addresses can be followed', () => {
    const urls = { consoleUrl: 'https://siaga.invalid/', unsubscribeUrl: 'https://siaga.invalid/stop' };
    const letter = digestLetter({ ...{ queryName: HOSTILE_POSTS[0]!.text, found: items.length, items }, ...urls });
    expect(letter.subject).not.toMatch(/[\r\n]/);
    expect(/<(script|img|svg)/i.exec(letter.html)).toBeNull();
    for (const part of [letter.html, letter.text]) expect(ACTING.exec(part)).toBeNull();
    for (const [, href] of letter.html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https:\/\/siaga\.invalid\//);
    expect(letter.text.length).toBeLessThan(20_000);
    expect(letter.text).toContain('https://xn--ypal-43d9g.invalid/masuk ⚠');
  });

  it('name the true host where a person is to forward their addresses', () => {
    const urls = HOSTILE_POSTS.map(({ url }) => url);
    expect(textToForward(JSON.stringify({ explanation: 'Satu kiriman.', urls }))).toContain(
      'xn--ypal-43d9g.invalid/masuk ⚠',
    );
  });
});
