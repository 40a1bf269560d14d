import { convert } from 'html-to-text';

const MAX_HTML_LENGTH = 100_000;
/** The parser's time grows with the square of the depth, and depth costs an attacker three characters. */
const MAX_TAGS = 4_000;

/** The text that a reader of the HTML would see, without pictures, scripts and the addresses behind links. */
export function plainText(html: string): string {
  const start = html.slice(0, MAX_HTML_LENGTH);
  if (start.split('<').length > MAX_TAGS) return start.replace(/<[^<>]*>/g, ' ').trim();
  return convert(start, {
    wordwrap: false,
    limits: { maxInputLength: MAX_HTML_LENGTH, maxDepth: 50, maxChildNodes: 5_000 },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { ignoreHref: true } },
    ],
  }).trim();
}
