import type { CampaignAnswer } from '../../routes/campaign.js';
import { Fact } from '../components/fact.js';
import { isSettled, toneOf } from '../components/notice-badge.js';
import { Ago, Deadline } from '../components/spans.js';
import { useTexts, useTextsOf } from '../language.js';
import { probabilityWords } from '../probability-words.js';
import { ClaimLine } from '../queue/claim-line.js';
import { CAMPAIGN } from '../texts/campaign.js';

/** How far it went, and the fact-checks that it repeats. */
export function CampaignFacts({ detail }: { detail: CampaignAnswer }) {
  const t = useTextsOf(CAMPAIGN);
  const { size, open, firstSeenAt, lastSeenAt, topScore, platforms, claims, sample } = detail;
  return (
    <>
      <dl class="facts">
        <Fact name={t.size}>{size.toLocaleString()}</Fact>
        <Fact name={t.open}>{open.toLocaleString()}</Fact>
        <Fact name={t.topScore}>{topScore === null ? '–' : probabilityWords(topScore)}</Fact>
        <Fact name={t.firstSeen}>{firstSeenAt === null ? '–' : <Ago at={firstSeenAt} />}</Fact>
        <Fact name={t.lastSeen}>{lastSeenAt === null ? '–' : <Ago at={lastSeenAt} />}</Fact>
        <Fact name={t.reach}>
          <span class="reach">
            {platforms.map(({ platform, posts }) => (
              <span key={platform}>
                <bdi>{platform}</bdi> {posts}
              </span>
            ))}
          </span>
        </Fact>
      </dl>
      {claims.length > 0 && (
        <section aria-label={t.claims}>
          {claims.map((claim) => (
            <ClaimLine key={claim.claimId} claims={[claim]} debunkedAt={sample?.debunkedAt ?? null} />
          ))}
        </section>
      )}
    </>
  );
}

/** To whom it was reported, and what they say. */
export function CampaignNotices({ detail: { notices } }: { detail: CampaignAnswer }) {
  const all = useTexts();
  const t = useTextsOf(CAMPAIGN);
  return (
    <section class="row">
      <h3>{t.notices}</h3>
      {notices.length === 0 && <p class="none">{t.noNotices}</p>}
      <ul class="lines">
        {notices.map(({ noticeId, platform, answerState, state, dueAt }) => {
          const word = answerState ?? state ?? 'scheduled';
          return (
            <li key={noticeId}>
              <a href={`#/notices/${noticeId}`}>
                <bdi>{platform}</bdi>
              </a>
              <span class={`badge ${toneOf(word)}`}>{all.states[word] ?? word}</span>
              {!isSettled(word) && <Deadline dueAt={dueAt} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
