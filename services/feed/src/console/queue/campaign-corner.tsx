import { NoticeBadge } from '../components/notice-badge.js';
import { Ago } from '../components/spans.js';
import { useTexts, useTextsOf } from '../language.js';
import { QUEUE } from '../texts/queue.js';
import type { QueueRow } from './queue-row.js';

/** How far a campaign has gone, and where its notice stands. */
export function CampaignCorner({ row: { campaignId, size, lastSeenAt, face, review } }: { row: QueueRow }) {
  const t = useTexts();
  const words = useTextsOf(QUEUE);
  // Nobody is waited for once it is decided.
  const isShown = face.notice !== null || review.state === 'open';
  if (campaignId === null || size < 2) {
    return (
      <>
        <a class="copies none" href={`#/campaigns/${campaignId ?? ''}`} title={words.openCampaign}>
          {t.single}
        </a>
        {isShown && <NoticeBadge item={face} />}
      </>
    );
  }
  return (
    <>
      <a class="copies" href={`#/campaigns/${campaignId}`} title={words.openCampaign}>
        <span class="stack" aria-hidden="true" />
        {t.copies(size)}
      </a>
      <span class="latest-copy">
        {words.latest} <Ago at={lastSeenAt} />
      </span>
      {isShown && <NoticeBadge item={face} />}
    </>
  );
}
