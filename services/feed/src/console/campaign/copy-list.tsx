import { useEffect, useRef } from 'preact/hooks';
import type { FlagItem } from '../../flag-item.js';
import { MarkedText } from '../components/marked-text.js';
import { PostLine } from '../components/post-parts.js';
import { ConflictNotice } from '../decisions/conflict-notice.js';
import { ReviewBadges } from '../decisions/review-badges.js';
import type { Decisions } from '../decisions/use-decisions.js';
import { useTexts, useTextsOf } from '../language.js';
import { probabilityWords } from '../probability-words.js';
import { CAMPAIGN } from '../texts/campaign.js';
import { DECISIONS } from '../texts/decisions.js';
import type { Copies } from './use-copies.js';

interface CopyListProps {
  readonly copies: Copies;
  /** Of the decision that governs the campaign: a copy under another one says so. */
  readonly reviewSeq: number | null;
  readonly selected: string;
  readonly chosen: ReadonlySet<string>;
  readonly revealed: boolean;
  readonly decisions: Decisions;
  readonly onSelect: (flagId: string) => void;
  readonly onChoose: (flagId: string) => void;
  readonly onReveal: () => void;
}

/** The campaign's copies as their authors wrote them, to be chosen for what is done with some of them. */
export function CopyList(props: CopyListProps) {
  const { items, more, loadMore } = props.copies;
  const all = useTexts();
  const t = useTextsOf(CAMPAIGN);
  return (
    <section class="row">
      <h3>{t.copies}</h3>
      <ol class="copies-list">
        {items.map((item) => (
          <Copy key={item.flagId} item={item} {...props} />
        ))}
      </ol>
      {more && (
        <p class="older">
          <button type="button" class="solid" onClick={loadMore}>
            {all.more}
          </button>
        </p>
      )}
    </section>
  );
}

function Copy(props: CopyListProps & { item: FlagItem }) {
  const { item, reviewSeq, decisions, revealed, onReveal, onChoose, onSelect } = props;
  const { flagId, review } = item;
  const all = useTexts();
  const t = useTextsOf(DECISIONS);
  const [selected, chosen] = [props.selected === flagId, props.chosen.has(flagId)];
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected && !row.current?.contains(document.activeElement)) row.current?.focus();
  }, [selected]);
  const conflict = decisions.conflicts.get(flagId);
  return (
    <li
      ref={row}
      tabIndex={-1}
      class={`${selected ? 'selected' : ''}${chosen ? ' chosen' : ''}`}
      aria-busy={decisions.saving.has(flagId)}
      onFocus={() => onSelect(flagId)}
    >
      <PostLine item={item} />
      <MarkedText item={item} revealed={revealed} onReveal={onReveal} />
      <div class="copy-foot">
        <label>
          <input type="checkbox" checked={chosen} onChange={() => onChoose(flagId)} /> {t.choose}
        </label>
        <span class="copy-score">
          {all.score} {probabilityWords(item.score)}
        </span>
        {(review.seq !== reviewSeq || review.secondReview) && <ReviewBadges review={review} />}
      </div>
      {conflict && <ConflictNotice conflict={conflict} onSettle={(how) => decisions.settle(flagId, how)} />}
    </li>
  );
}
