import type { Review } from '../../review.js';
import { Visible } from '../components/marked-text.js';
import { Ago } from '../components/spans.js';
import { useTextsOf } from '../language.js';
import { useSession } from '../session.js';
import { DECISIONS } from '../texts/decisions.js';

const TONES: Readonly<Record<string, string>> = {
  confirmed: 'good',
  dismissed: 'idle',
  escalated: 'info',
  disputed: 'warn',
};

/** What has been decided and by whom, whose task it is, and whether a second person's word is wanted. */
export function ReviewBadges({ review }: { review: Review }) {
  const t = useTextsOf(DECISIONS);
  const { account } = useSession();
  const { state, assignee, comments, secondReview } = review;
  return (
    <div class="review">
      {state !== 'open' && (
        <>
          <span class={`badge ${TONES[state] ?? 'idle'}`}>{t.states[state] ?? state}</span>
          <ReviewedBy review={review} />
        </>
      )}
      {secondReview && (
        <span class="badge warn" title={secondReview.mineIsFirst ? undefined : t.secondLookHint}>
          {secondReview.mineIsFirst ? t.firstIsMine : t.secondLook}
        </span>
      )}
      {assignee !== null && (
        <span class={`badge ${assignee === account?.name ? 'info' : 'idle'}`}>
          {assignee === account?.name ? t.assignedToYou : t.assigned(assignee)}
        </span>
      )}
      {comments > 0 && <span class="remarks">{t.comments(comments)}</span>}
    </div>
  );
}

/** By whom, when, and why. */
export function ReviewedBy({ review: { by, at, reason } }: { review: Review }) {
  const t = useTextsOf(DECISIONS);
  const { account } = useSession();
  return (
    <span class="reviewed-by">
      {by !== null && (by === account?.name ? t.byYou : <Name words={t.by(by)} />)} {at !== null && <Ago at={at} />}
      {reason !== null && reason !== '' && <q>{t.reasons[reason] ?? <Visible text={reason} />}</q>}
    </span>
  );
}

const Name = ({ words }: { words: string }) => (
  <bdi>
    <Visible text={words} />
  </bdi>
);
