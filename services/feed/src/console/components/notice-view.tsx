import { useCallback, useState } from 'preact/hooks';
import type { NoticeDetail } from '../../routes/notices.js';
import { useTexts, useTextsOf } from '../language.js';
import { loadNotice } from '../load.js';
import { probabilityWords } from '../probability-words.js';
import { useKeys } from '../use-keys.js';
import { usePolled } from '../use-polled.js';
import { NOTICES } from '../texts/notices.js';
import { DeliveryRow } from './delivery-row.js';
import { ListState } from './list-state.js';
import { Visible } from './marked-text.js';
import { NoticeDeadline, NoticeTitle } from './notice-facts.js';
import { Fact } from './fact.js';
import { OutsideLink } from './outside-link.js';
import { Ago } from './spans.js';
import { ViewHeading } from './view-heading.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where one leaves a notice for: the list as it was left, when one came from it. */
const goBack = () => void (history.length > 1 ? history.back() : (location.hash = '#/notices'));

/** All that came of a notice: answers, deliveries, addresses and what the log holds. Escape leads back. */
export function NoticeView({ noticeId }: { noticeId: string }) {
  const t = useTextsOf(NOTICES);
  const [version, setVersion] = useState(0);
  const loader = useCallback(
    async (signal: AbortSignal) => (UUID.test(noticeId) ? loadNotice(noticeId, signal) : null),
    [noticeId, version],
  );
  const notice = usePolled(loader);
  useKeys({ Escape: goBack });
  return (
    <main class="notice-view">
      <p class="way-back">
        <a href="#/notices">← {t.back}</a>
      </p>
      {notice === undefined && <ListState kind="loading" />}
      {notice === null && (
        <div class="list-state" role="status">
          <h3>{t.missing}</h3>
          <p>{t.missingHint}</p>
        </div>
      )}
      {notice && <Detail notice={notice} onDecided={() => setVersion((now) => now + 1)} />}
    </main>
  );
}

function Detail({ notice, onDecided }: { notice: NoticeDetail; onDecided: () => void }) {
  const t = useTextsOf(NOTICES);
  const { platform, posts, createdAt, dueAt, reviewedBy, needsAttention, answers, deliveries, noticeId } = notice;
  return (
    <>
      <ViewHeading>{t.one(platform)}</ViewHeading>
      <section class={`row notice-row ${needsAttention ? 'attention' : ''}`}>
        <h3>
          <NoticeTitle notice={notice} />
          {needsAttention && <span class="badge bad">{t.attention}</span>}
          <NoticeDeadline notice={notice} />
        </h3>
        <dl class="facts">
          <Fact name={t.copies}>{posts.toLocaleString()}</Fact>
          <Fact name={t.opened}>
            <Ago at={createdAt} />
          </Fact>
          <Fact name={t.deadline}>{new Date(dueAt).toLocaleString()}</Fact>
          <Fact name={t.reviewedBy}>{reviewedBy === null ? t.byPolicy : <Visible text={reviewedBy} />}</Fact>
          <Fact name="ID" wide>
            <code>{noticeId}</code>
          </Fact>
        </dl>
      </section>
      <h3>{t.answers}</h3>
      {answers.length === 0 && <p class="none">{t.noAnswers}</p>}
      <ol class="rows" aria-label={t.answers}>
        {answers.map((answer) => (
          <AnswerRow key={answer.answerId} answer={answer} />
        ))}
      </ol>
      <h3>{t.deliveries}</h3>
      <ol class="rows" aria-label={t.deliveries}>
        {deliveries.map((delivery) => (
          <DeliveryRow key={delivery.deliveryId} delivery={delivery} onDecided={onDecided} />
        ))}
      </ol>
      <Addresses notice={notice} />
      <Evidence notice={notice} />
    </>
  );
}

function AnswerRow({ answer }: { answer: NoticeDetail['answers'][number] }) {
  const all = useTexts();
  const t = useTextsOf(NOTICES);
  const { state, reason, reference, receivedAt } = answer;
  return (
    <li class="row">
      <h3>
        {all.states[state] ?? <Visible text={state} />} <Ago at={receivedAt} />
      </h3>
      {(reason !== null || reference !== null) && (
        <dl class="facts">
          {reason !== null && (
            <Fact name={t.reason} wide>
              <Visible text={reason} />
            </Fact>
          )}
          {reference !== null && (
            <Fact name={t.reference} wide>
              <Visible text={reference} />
            </Fact>
          )}
        </dl>
      )}
    </li>
  );
}

function Addresses({ notice: { urls } }: { notice: NoticeDetail }) {
  const t = useTexts();
  return (
    <>
      <h3>{useTextsOf(NOTICES).addresses}</h3>
      <ol class="lines">
        {urls.map(({ url, postId, score, seenAt }) => {
          return (
            <li key={postId}>
              <OutsideLink url={url} otherwise={t.noLink} />
              <span>
                {t.score} {probabilityWords(score)}
              </span>
              <Ago at={seenAt} />
            </li>
          );
        })}
      </ol>
    </>
  );
}

function Evidence({ notice: { evidence } }: { notice: NoticeDetail }) {
  const t = useTextsOf(NOTICES);
  return (
    <>
      <h3>{t.evidence}</h3>
      <ol class="lines">
        {evidence.map(({ seq, recordedAt, event, hash }) => (
          <li key={seq}>
            <span>
              {seq} {event}
            </span>
            <code title={hash}>{hash.slice(0, 16)}</code>
            <Ago at={recordedAt} />
          </li>
        ))}
      </ol>
    </>
  );
}
