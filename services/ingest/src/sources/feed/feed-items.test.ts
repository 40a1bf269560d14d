import { describe, expect, it } from '@jest/globals';
import { feedItems } from './feed-items.js';

const read = (text: string) => feedItems(Buffer.from(text), { url: 'http://kabar.invalid/feed' });
const rss = (items: string) => `<rss version="2.0"><channel><title>Kabar</title>${items}</channel></rss>`;

describe('feedItems', () => {
  it('reads RSS: text from HTML, links kept out of it, dates and ids', () => {
    const [item] = read(
      rss(`<item><title>Kabar pagi</title><link>http://kabar.invalid/1</link><guid>g-1</guid>
        <description>&lt;p&gt;Hujan &lt;a href="http://x.invalid"&gt;deras&lt;/a&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;</description>
        <pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item>`),
    );
    expect(item).toEqual({
      id: 'g-1',
      url: 'http://kabar.invalid/1',
      text: 'Kabar pagi\nHujan deras',
      createdAt: new Date('2026-11-02T10:00:00Z'),
    });
  });

  it('reads Atom and JSON Feed', () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>urn:1</id><title>Judul</title>
      <link rel="self" href="http://a.invalid/self"/><link href="http://a.invalid/1"/><summary>Isi</summary>
      <author><name>Sari</name></author><updated>2026-11-02T10:00:00Z</updated></entry></feed>`;
    const json = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 't',
      items: [
        {
          id: '1',
          url: 'http://a.invalid/1',
          content_text: 'Judul\nIsi',
          authors: [{ name: 'Sari' }],
          date_published: '2026-11-02T10:00:00Z',
        },
      ],
    });
    const wanted = {
      url: 'http://a.invalid/1',
      text: 'Judul\nIsi',
      author: 'Sari',
      createdAt: new Date('2026-11-02T10:00:00Z'),
    };
    expect(read(atom)).toEqual([{ id: 'urn:1', ...wanted }]);
    expect(read(json)).toEqual([{ id: '1', ...wanted }]);
  });

  it('leaves out what has no text, a date that is none and an address that is not of the web', () => {
    const items = read(
      rss(
        '<item><guid>empty</guid></item><item><title>Ada</title><link>javascript:alert(1)</link><pubDate>kemarin</pubDate></item>',
      ),
    );
    expect(items).toEqual([{ text: 'Ada' }]);
  });

  it('refuses what is no feed', () => {
    expect(() => read('<html><body>404</body></html>')).toThrow();
  });
});
