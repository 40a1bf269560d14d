import { useCallback, useState } from 'preact/hooks';
import type { PlatformNoticeDetail } from '../../platform-notice.js';
import { useTexts, useTextsOf } from '../language.js';
import { loadOwnNotice } from '../load.js';
import { OWN_NOTICES } from '../texts/own-notices.js';
import { useKeys } from '../use-keys.js';
import { usePolled } from '../use-polled.js';
import { AnswerForm } from './answer-form.js';
import { Fact } from './fact.js';
import { ListState } from './list-state.js';
import { Visible } from './marked-text.js';
import { OwnAnswer, OwnDeadline } from './own-notice-facts.js';
import { OutsideLink } from './outside-link.js';
import { Ago } from './spans.js';
import { ViewHeading } from './view-heading.js';

/** How many addresses are shown before one asks for the rest. */
const ADDRESSES = 100;

/** One notice as it was sent, and the ways to answer it. Escape leads back. */
export function OwnNotice({ noticeId }: { noticeId: string }) {
  const t = useTextsOf(OWN_NOTICES);
  const [version, setVersion] = useState(0);
  const loader = useCallback((signal: AbortSignal) => loadOwnNotice(noticeId, signal), [noticeId, version]);
  const notice = usePolled(loader);
  useKeys({ Escape: () => void (location.hash = '#/own-notices') });
  return (
    <main class="notice-view">
      <p class="way-back">
        <a href="#/own-notices">← {t.back}</a>
      </p>
      {notice === undefined && <ListState kind="loading" />}
      {notice === null && (
        <div class="list-state" role="status">
          <h3>{t.missing}</h3>
          <p>{t.missingHint}</p>
        </div>
      )}
      {notice && <Detail notice={notice} onAnswered={() => setVersion((now) => now + 1)} />}
    </main>
  );
}

function Detail({ notice, onAnswered }: { notice: PlatformNoticeDetail; onAnswered: () => void }) {
  const all = useTexts();
  const t = useTextsOf(OWN_NOTICES);
  const { category, posts, explanation, language, goodFaith, legalBasis, notifier, model, humanReviewed } = notice;
  const foundBy = humanReviewed ? t.byPerson : t.byModel;
  return (
    <>
      <ViewHeading>
        {all[category]}: {t.posts(posts)}
      </ViewHeading>
      <section class="row notice-row">
        <h3>
          <OwnAnswer notice={notice} />
          <OwnDeadline notice={notice} />
        </h3>
        <dl class="facts">
          <Fact name={t.about} wide>
            <span lang={language}>
              <Visible text={explanation} />
            </span>
          </Fact>
          {legalBasis.length > 0 && (
            <Fact name={t.grounds} wide>
              {legalBasis.join('; ')}
            </Fact>
          )}
          <Fact name={t.deadline}>{new Date(notice.dueAt).toLocaleString()}</Fact>
          <Fact name={t.received}>
            <Ago at={notice.deliveredAt} />
          </Fact>
          <Fact name={t.revision}>{notice.revision}</Fact>
          <Fact name={t.from} wide>
            {notifier.name}, <a href={`mailto:${encodeURIComponent(notifier.email)}`}>{notifier.email}</a>
          </Fact>
          <Fact name={t.found} wide>
            {foundBy(`${model.name} ${model.version}`)}
          </Fact>
          <Fact name={t.goodFaith} wide>
            <span lang={language}>{goodFaith}</span>
          </Fact>
          <Fact name="ID" wide>
            <code>{notice.noticeId}</code>
          </Fact>
        </dl>
      </section>
      <h3>{t.say}</h3>
      <AnswerForm noticeId={notice.noticeId} onAnswered={onAnswered} />
      <Claims notice={notice} />
      <Addresses notice={notice} />
      <Messages notice={notice} />
      <Answers notice={notice} />
    </>
  );
}

function Address({ url }: { url: string }) {
  const all = useTexts();
  return <OutsideLink url={url} otherwise={all.noLink} />;
}

function Addresses({ notice: { items } }: { notice: PlatformNoticeDetail }) {
  const t = useTextsOf(OWN_NOTICES);
  const [whole, setWhole] = useState(false);
  const rest = whole ? 0 : items.length - ADDRESSES;
  return (
    <>
      <h3>{t.addresses}</h3>
      <ol class="lines">
        {items.slice(0, whole ? items.length : ADDRESSES).map(({ url }, i) => (
          <li key={i}>
            <Address url={url} />
          </li>
        ))}
      </ol>
      {rest > 0 && (
        <button type="button" class="quiet" onClick={() => setWhole(true)}>
          {t.moreAddresses(rest)}
        </button>
      )}
    </>
  );
}

function Claims({ notice: { claims } }: { notice: PlatformNoticeDetail }) {
  const t = useTextsOf(OWN_NOTICES);
  if (claims.length === 0) return null;
  return (
    <>
      <h3>{t.claims}</h3>
      <ul class="lines">
        {claims.map(({ text, verdict, url, publisher }) => (
          <li key={url}>
            <span>
              <Visible text={`${publisher}: ${verdict}. ${text}`} />
            </span>
            <Address url={url} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Messages({ notice: { messages } }: { notice: PlatformNoticeDetail }) {
  const t = useTextsOf(OWN_NOTICES);
  if (messages.length === 0) return null;
  return (
    <>
      <h3>{t.messages}</h3>
      <ol class="rows">
        {messages.map(({ kind, deliveredAt, information }) => (
          <li class="row" key={deliveredAt}>
            <p>
              <b>{t.kinds[kind] ?? kind}</b> <Ago at={deliveredAt} />
            </p>
            {information !== null && (
              <p>
                <Visible text={information} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function Answers({ notice: { answers } }: { notice: PlatformNoticeDetail }) {
  const t = useTextsOf(OWN_NOTICES);
  if (answers.length === 0) return null;
  return (
    <>
      <h3>{t.answers}</h3>
      <ol class="rows" aria-label={t.answers}>
        {answers.map(({ state, reason, reference, answeredBy, receivedAt }, i) => (
          <li class="row" key={i}>
            <p>
              <b>{t.states[state as keyof typeof t.states] ?? <Visible text={state} />}</b> <Ago at={receivedAt} />{' '}
              {answeredBy === null ? t.bySomebody : <bdi>{answeredBy}</bdi>}
            </p>
            {[reason, reference].map(
              (words) =>
                words !== null && (
                  <p>
                    <Visible text={words} />
                  </p>
                ),
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
