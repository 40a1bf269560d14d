import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { feedDate } from './feed-date.js';
import { readFeed } from './read-feed.js';

const read = (text: string) => readFeed(Buffer.from(text));

describe('readFeed', () => {
  it.each<[string, string]>([
    [
      'RSS 2.0',
      '<rss version="2.0"><channel><item><guid>1</guid><link>http://a.invalid/</link><title>T</title></item></channel></rss>',
    ],
    [
      'RSS 1.0',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/>
       <item rdf:about="1"><link>http://a.invalid/</link><title>T</title></item></rdf:RDF>`,
    ],
    [
      'RSS 0.91, without a version, in capitals',
      '<RSS><CHANNEL><ITEM><GUID>1</GUID><LINK>http://a.invalid/</LINK><TITLE>T</TITLE></ITEM></CHANNEL></RSS>',
    ],
    [
      'Atom under another prefix',
      `<x:feed xmlns:x="http://www.w3.org/2005/Atom"><x:entry><x:id>1</x:id><x:title>T</x:title>
       <x:link rel="self" href="http://b.invalid/"/><x:link href="http://a.invalid/"/><x:source><x:title>lain</x:title></x:source></x:entry></x:feed>`,
    ],
    [
      'links against a base',
      '<feed xml:base="http://a.invalid/x/"><entry><id>1</id><title>T</title><link href="../"/></entry></feed>',
    ],
    [
      'a feed that breaks off',
      '<rss><channel><item><guid>1</guid><link>http://a.invalid/</link><title>T</title></item><item><tit',
    ],
  ])('reads %s', (_what, text) => {
    expect(read(text)?.[0]).toEqual({ id: '1', url: 'http://a.invalid/', title: 'T' });
  });

  it('reads what else an item says, and keeps markup where it was', () => {
    const text = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><author><name>Sari</name><uri>http://s.invalid</uri></author>
      <updated>2026-11-02T10:00:00Z</updated><published>2026-11-01T10:00:00Z</published>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p class="x">1 &lt; 2</p></div></content></entry></feed>`;
    expect(read(text)).toEqual([{ author: 'Sari', date: '2026-11-01T10:00:00Z', body: '<div><p>1 &lt; 2</p></div>' }]);
  });

  it.each([
    [
      'windows-1252',
      Buffer.from(
        '<?xml version="1.0" encoding="windows-1252"?><rss><item><title>caf\xe9</title></item></rss>',
        'latin1',
      ),
      '',
    ],
    [
      'ISO-8859-1, as the server says',
      Buffer.from('<rss><item><title>caf\xe9</title></item></rss>', 'latin1'),
      'text/xml; charset=iso-8859-1',
    ],
    ['UTF-16 with a byte order mark', Buffer.from('\ufeff<rss><item><title>café</title></item></rss>', 'utf16le'), ''],
    [
      'an encoding that nobody knows',
      Buffer.from('<?xml version="1.0" encoding="klingon"?><rss><item><title>café</title></item></rss>'),
      '',
    ],
  ])('reads %s', (_what, bytes, contentType) => {
    expect(readFeed(bytes, contentType)).toEqual([{ title: 'café' }]);
  });

  it('expands no entity of a feed, neither a file nor a bomb', () => {
    const feed = (entities: string) =>
      read(`<!DOCTYPE rss [${entities}]><rss><channel><item><title>a &x; b</title></item></channel></rss>`);
    expect(feed('<!ENTITY x SYSTEM "file:///etc/passwd">')).toEqual([{ title: 'a &x; b' }]);
    const laughs = Array.from({ length: 12 }, (_, i) => `<!ENTITY x${i} "${`&x${i - 1};`.repeat(10)}">`).join('');
    expect(feed(`<!ENTITY x "ha">${laughs}`)).toEqual([{ title: 'a &x; b' }]);
  });

  it('takes hostile shapes calmly', () => {
    expect(read(`<rss>${'<a>'.repeat(200_000)}`)).toBeUndefined();
    expect(read(`<rss><item>${'<title>'.repeat(200_000)}x`)).toBeUndefined();
    expect(read(`<rss>${'<item><title>x</title></item>'.repeat(5_000)}</rss>`)).toHaveLength(1_000);
    for (const text of ['', '{', '{"version":"x"}', '<html><body>404</body></html>', 'halo'])
      expect(read(text)).toBeUndefined();
  });

  it('never throws, whatever the bytes', () => {
    const pieces = fc.constantFrom(
      '<rss>',
      '<item>',
      '</item>',
      '<title>',
      '</title>',
      '<link href="x"/>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '&#x110000;',
      '&amp;',
      'a',
      '<feed>',
      '<author>',
      '<name>',
      '{',
      '"',
    );
    const text = fc.array(pieces).map((list) => Buffer.from(list.join('')));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array().map((bytes) => Buffer.from(bytes)),
          text,
        ),
        (bytes) => {
          readFeed(bytes);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('feedDate', () => {
  it.each([
    ['Mon, 02 Nov 2026 10:00:00 GMT', '2026-11-02T10:00:00.000Z'],
    ['Mon, 02 Nov 2026 10:00:00 +0700', '2026-11-02T03:00:00.000Z'],
    ['2 Nov 26 10:00 EST', '2026-11-02T15:00:00.000Z'],
    ['Senin, 02 Nov 2026 10:00:00 WIB', '2026-11-02T03:00:00.000Z'],
    ['2026-11-02T10:00:00.5+07:00', '2026-11-02T03:00:00.000Z'],
    ['2026-11-02 10:00:00', '2026-11-02T10:00:00.000Z'],
    ['2026-11', '2026-11-01T00:00:00.000Z'],
    ['November 2, 2026 10:00', '2026-11-02T10:00:00.000Z'],
  ])('reads %s', (text, wanted) => expect(feedDate(text)?.toISOString()).toBe(wanted));
  it.each(['', 'kemarin', '2026-13-01', '99', 'Mon, 32 Nov 2026', 'x'.repeat(10_000)])('refuses %s', (text) =>
    expect(feedDate(text)).toBeUndefined(),
  );
});
