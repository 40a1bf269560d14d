import { convert } from 'html-to-text';

const MAX_HTML_LENGTH = 100_000;

/** The text that a reader of the HTML would see, without pictures, scripts and the addresses behind links. */
export function plainText(html: string): string {
  return convert(html.slice(0, MAX_HTML_LENGTH), {
    wordwrap: false,
    limits: { maxInputLength: MAX_HTML_LENGTH, maxDepth: 50, maxChildNodes: 5_000 },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { ignoreHref: true } },
    ],
  }).trim();
}
