import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { html as markupOf, webAddress } from './html.js';

describe('html', () => {
  it('escapes what is put in, and leaves markup of its own alone', () => {
    const inner = markupOf`<b>${'<&>'}</b>`;
    expect(markupOf`<p title="${`"'`}">${inner}${[inner, 1]}${undefined}</p>`.markup).toBe(
      '<p title="&quot;&#39;"><b>&lt;&amp;&gt;</b><b>&lt;&amp;&gt;</b>1</p>',
    );
  });

  it('lets no text leave its place, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>&"\'`=/a \n') }), (text) => {
        const { markup } = markupOf`<i title="${text}">${text}</i>`;
        expect(markup.match(/</g)).toHaveLength(2);
        expect(markup.match(/"/g)).toHaveLength(2);
      }),
    );
  });
});

describe('webAddress', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', ' javascript:alert(1)', '/path', 'ftp://x.example'])(
    'takes no %s',
    (address) => expect(webAddress(address)).toBeUndefined(),
  );
  it('takes the web', () => expect(webAddress('https://x.example/"><a')).toBe('https://x.example/%22%3E%3Ca'));
});
