import { createHash } from 'node:crypto';
import { ANSWER_STATES, isAnswerState } from '@siaga/storage';
import { ANSWER_WORDS, languageOf, timeIn, type Language } from './answer-words.js';
import { Html, html, shownAddress, webAddress } from '@siaga/outgoing';
import type { Notice } from './notice.js';

const ADDRESSES_SHOWN = 50;

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 42rem; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; }
dt, legend, .field { font-weight: 600; }
dd { margin: 0 0 .5rem; }
fieldset { border: 1px solid; border-radius: .5rem; margin: 1rem 0; padding: .5rem 1rem; }
.state { display: flex; gap: .75rem; align-items: center; min-height: 2.75rem; }
.state input { width: 1.25rem; height: 1.25rem; flex: none; }
.field { display: block; margin: 1rem 0; }
textarea, .field input { font: inherit; display: block; width: 100%; box-sizing: border-box; padding: .5rem; }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .5rem 1.5rem; }
[role=status], [role=alert] { border: 2px solid; border-radius: .5rem; padding: .75rem 1rem; }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
`;

/** As its hash below says, to the byte. */
const STYLE_ELEMENT = Html.trusted(`<style>${STYLE}</style>`);

/** Nothing is loaded, nothing runs, nobody frames it; the form goes to where it came from. */
export const PAGE_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
} as const;

export interface LastAnswer {
  readonly state: string;
  readonly at: Date;
}

/** The page of a link that can be used: the notice, and the form that answers it. */
export function answerPage(
  notice: Notice,
  {
    chosen,
    last,
    wrong = false,
  }: {
    /** The state that is picked already. */
    chosen?: string | undefined;
    /** What was answered with the link before this one. */
    last?: LastAnswer | undefined;
    wrong?: boolean;
  },
): string {
  const language = languageOf(notice.language);
  const words = ANSWER_WORDS[language];
  const choice = ANSWER_STATES.map((state) => {
    const { name, hint } = words.states[state];
    const checked = state === chosen ? html` checked` : '';
    return html`<label class="state"
      ><input type="radio" name="state" value="${state}" required${checked} /><span
        ><b>${name}</b>: ${hint}</span
      ></label
    >`;
  });
  return page(
    language,
    html`${last ? html`<p role="status">${recorded(language, last)} ${words.goOn}</p>` : ''}
      ${wrong ? html`<p role="alert">${words.wrong}</p>` : ''} ${factsOf(notice, language)}
      <form method="post">
        <fieldset>
          <legend>${words.question}</legend>
          ${choice}
        </fieldset>
        <label class="field">${words.reason}<textarea name="reason" rows="4" maxlength="4000"></textarea></label>
        <label class="field">${words.reference}<input name="reference" maxlength="200" autocomplete="off" /></label>
        <button type="submit">${words.send}</button>
        <p>${words.once}</p>
      </form>`,
  );
}

function factsOf(notice: Notice, language: Language): Html {
  const { facts, more } = ANSWER_WORDS[language];
  const { urls, legal_basis: grounds, notifier, due_at: due, notice_id: id, explanation } = notice;
  const addresses = urls.slice(0, ADDRESSES_SHOWN).map((url) => {
    const address = webAddress(url);
    return html`<li>
      ${address ? html`<a href="${address}" rel="noreferrer noopener nofollow">${shownAddress(url)}</a>` : url}
    </li>`;
  });
  const rest = urls.length - addresses.length;
  return html`<dl>
    <dt>${facts.about}</dt>
    <dd>${explanation}</dd>
    ${
      grounds.length > 0
        ? html`<dt>${facts.grounds}</dt>
            <dd>${grounds.join('; ')}</dd>`
        : ''
    }
    <dt>${facts.due}</dt>
    <dd>${timeIn(language, new Date(due))}</dd>
    <dt>${facts.from}</dt>
    <dd>${notifier.name}, ${notifier.email}</dd>
    <dt>${facts.notice}</dt>
    <dd>${id}</dd>
    <dt>${facts.addresses}</dt>
    <dd>
      <ol>
        ${addresses}
      </ol>
      ${rest > 0 ? html`<p>${more(rest)}</p>` : ''}
    </dd>
  </dl>`;
}

/** The page of a link that was used. */
export function usedPage(notice: Notice, last: LastAnswer): string {
  const language = languageOf(notice.language);
  const { used, write } = ANSWER_WORDS[language];
  const answered = html`<p role="status">${recorded(language, last)}</p>`;
  return page(
    language,
    html`${answered}
      <p>${used}</p>
      <p>${write(notice.notifier.email)}</p>`,
  );
}

export function expiredPage(notice: Notice): string {
  const language = languageOf(notice.language);
  const { expired, write } = ANSWER_WORDS[language];
  return page(
    language,
    html`<p role="status">${expired}</p>
      <p>${write(notice.notifier.email)}</p>`,
  );
}

/** For who asks with what is no link; nothing is known of the reader's language. */
export function unknownPage(): string {
  return page(
    'id',
    html`<p>Tautan ini tidak dikenal. Periksa apakah tersalin seluruhnya.</p>
      <p lang="en">This link is not known. See whether all of it was copied.</p>`,
  );
}

export function wrongPage(): string {
  return page(
    'id',
    html`<p>Permintaan ini tidak dapat diproses sekarang. Jawaban Anda belum tercatat; coba lagi sebentar lagi.</p>
      <p lang="en">This request could not be handled now. Your answer was not recorded; try again in a while.</p>`,
  );
}

function recorded(language: Language, { state, at }: LastAnswer): string {
  const words = ANSWER_WORDS[language];
  return words.recorded(isAnswerState(state) ? words.states[state].name : state, timeIn(language, at));
}

function page(language: Language, content: Html): string {
  const { title } = ANSWER_WORDS[language];
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - Siaga</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`.markup;
}
