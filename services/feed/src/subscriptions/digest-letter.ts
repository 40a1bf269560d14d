import { html, shownAddress, webAddress } from '@siaga/outgoing';
import { harmlessText } from '../formats/harmless.js';
import type { FlagItem } from '../flag-item.js';

export interface Digest {
  readonly queryName: string;
  /** All that were found, of which these are shown. */
  readonly found: number;
  readonly items: readonly FlagItem[];
  /** Where the console is, and where the reader ends this. */
  readonly consoleUrl: string;
  readonly unsubscribeUrl: string;
}

const TEXT_LENGTH = 280;

/** Posts are hostile text: what would act on the text around it is named, and a long one is cut between characters. */
function shown(text: string): string {
  const points = [...harmlessText(text).replace(/\s+/g, ' ').trim()];
  return points.length > TEXT_LENGTH ? `${points.slice(0, TEXT_LENGTH).join('')}…` : points.join('');
}

/**
 * A digest for a mailbox, in Indonesian. Nothing in it is loaded from elsewhere, a post's address is text and no link, so that
 * nobody follows it by a slip of the finger, and following a link of ours changes nothing: scanners of mail do.
 */
export function digestLetter({ queryName, found, items, consoleUrl, unsubscribeUrl }: Digest) {
  const name = shown(queryName);
  const subject = `Siaga: ${found} temuan baru – ${name}`;
  const more =
    found > items.length ? `${items.length} dari ${found} temuan, skor tertinggi lebih dulu.` : `${found} temuan.`;
  const lines = items.map(({ category, score, post }) => ({
    head: `${category} ${score.toFixed(2)} · ${post.platform} · ${post.createdAt}`,
    text: shown(post.text),
    address: post.url === null || webAddress(post.url) === undefined ? '' : harmlessText(shownAddress(post.url)),
  }));
  const end = `Berhenti menerima ringkasan ini: ${unsubscribeUrl}`;
  return {
    subject,
    text: [
      more,
      '',
      ...lines.flatMap(({ head, text, address }) => [head, `  ${text}`, ...(address ? [`  ${address}`] : []), '']),
      `Konsol: ${consoleUrl}`,
      end,
      '',
    ].join('\n'),
    html: html`<!doctype html>
      <html lang="id">
        <head>
          <meta charset="utf-8" />
          <title>${subject}</title>
        </head>
        <body>
          <h1 style="font-size: 1.2em"><bdi>${name}</bdi></h1>
          <p>${more}</p>
          <ol>
            ${lines.map(
              ({ head, text, address }) =>
                html`<li>
                  <p><b>${head}</b></p>
                  <p><bdi>${text}</bdi></p>
                  ${address ? html`<p><code>${address}</code></p>` : ''}
                </li>`,
            )}
          </ol>
          <p><a href="${consoleUrl}">${consoleUrl}</a></p>
          <p><a href="${unsubscribeUrl}">Berhenti menerima ringkasan ini</a></p>
        </body>
      </html>`.markup,
  };
}
