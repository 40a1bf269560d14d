import { useState } from 'preact/hooks';
import { MarkedText } from '../components/marked-text.js';
import { PostLine } from '../components/post-parts.js';
import { useTexts, useTextsOf } from '../language.js';
import { probabilityWords } from '../probability-words.js';
import { CAMPAIGN } from '../texts/campaign.js';
import type { OpenCampaign } from './use-campaign.js';

/** The campaign's copies as their authors wrote them. */
export function Copies({ copies, moreCopies, loadMore }: Pick<OpenCampaign, 'copies' | 'moreCopies' | 'loadMore'>) {
  const all = useTexts();
  const t = useTextsOf(CAMPAIGN);
  const [revealed, setRevealed] = useState(false);
  return (
    <section class="row">
      <h3>{t.copies}</h3>
      <ol class="copies-list">
        {copies.map((item) => (
          <li key={item.flagId}>
            <PostLine item={item} />
            <MarkedText item={item} revealed={revealed} onReveal={() => setRevealed(true)} />
            <span class="copy-score">
              {all.score} {probabilityWords(item.score)}
            </span>
          </li>
        ))}
      </ol>
      {moreCopies && (
        <p class="older">
          <button type="button" class="solid" onClick={loadMore}>
            {all.more}
          </button>
        </p>
      )}
    </section>
  );
}
