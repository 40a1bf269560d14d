import { html, shownAddress, webAddress } from '@siaga/outgoing';
import { ANSWER_WORDS, languageOf } from '../../answer-words.js';
import type { Notice } from '../../notice.js';
import { ANSWER_STATES } from '@siaga/storage';
import { headOf, subjectOf, textOf } from '../plain-text.js';

export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * A notice for a mailbox. Nothing in it is loaded from elsewhere, and following a link changes nothing: scanners of mail do
 * ([ADR 15](docs/adr/0015-answer-links.md)).
 *
 * @param link under which it is answered, once
 */
export function letterOf(notice: Notice, link: string): Letter {
  const language = languageOf(notice.language);
  const { title, question, states, once, facts } = ANSWER_WORDS[language];
  const answers = ANSWER_STATES.map((state) => {
    const { name, hint } = states[state];
    return html`<li>
      <a href="${link}?state=${state}"><b>${name}</b></a
      >: ${hint}
    </li>`;
  });
  const addresses = notice.urls.map((url) => {
    const address = webAddress(url);
    return html`<li>
      ${address ? html`<a href="${address}" rel="noreferrer noopener nofollow">${shownAddress(url)}</a>` : url}
    </li>`;
  });
  return {
    subject: subjectOf(notice),
    text: [textOf(notice), '', `${title}: ${link}`, once, ''].join('\n'),
    html: html`<!doctype html>
      <html lang="${language}">
        <head>
          <meta charset="utf-8" />
          <title>${subjectOf(notice)}</title>
        </head>
        <body>
          ${headOf(notice).map((line) => html`<p>${line}</p>`)}
          <p><b>${facts.addresses}</b></p>
          <ol>
            ${addresses}
          </ol>
          <p><b>${question}</b></p>
          <ul>
            ${answers}
          </ul>
          <p>${once}</p>
          <p><a href="${link}">${link}</a></p>
        </body>
      </html>`.markup,
  };
}
