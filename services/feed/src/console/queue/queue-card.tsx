import type { FlagItem } from '../../flag-item.js';
import { AuditJudgement } from '../components/audit-judgement.js';
import { MarkedText } from '../components/marked-text.js';
import { PostLine, Reasons } from '../components/post-parts.js';
import { ScoreBar } from '../components/score-bar.js';
import { ConflictNotice } from '../decisions/conflict-notice.js';
import { ReviewBadges } from '../decisions/review-badges.js';
import type { Conflict } from '../decisions/use-decisions.js';
import { useTexts, useTextsOf } from '../language.js';
import { memo } from '../memo.js';
import { probabilityWords } from '../probability-words.js';
import { DECISIONS } from '../texts/decisions.js';
import { CampaignCorner } from './campaign-corner.js';
import { CardActions, type CardAction } from './card-actions.js';
import { ClaimLine } from './claim-line.js';
import type { QueueRow } from './queue-row.js';

export interface CardProps {
  readonly row: QueueRow;
  readonly position: number;
  readonly total: number;
  /** It came while the page was open. */
  readonly fresh: boolean;
  readonly selected: boolean;
  /** Chosen for what is done to several at once. */
  readonly chosen: boolean;
  /** Tab stops here: one card of the list takes the focus, the keys j and k move it on. */
  readonly reachable: boolean;
  readonly revealed: boolean;
  readonly saving: boolean;
  readonly conflict: Conflict | undefined;
  readonly onSelect: (key: string) => void;
  readonly onReveal: (key: string) => void;
  readonly onChoose: (key: string) => void;
  readonly onAct: (key: string, action: CardAction) => void;
  readonly onSettle: (key: string, how: 'keep' | 'insist') => void;
  readonly onJudge: (flagId: string, found: readonly FlagItem['category'][]) => Promise<void>;
}

/** The id of a row's card in the document. */
export const cardId = (key: string): string => `card-${key}`;

export const QueueCard = memo(function QueueCard(props: CardProps) {
  const { row, position, total, fresh, selected, chosen, reachable, revealed, saving, conflict } = props;
  const { key, face } = row;
  const t = useTexts();
  const isDecided = face.audit === null && row.review.state !== 'open';
  const reveal = () => props.onReveal(key);
  const marks = `${fresh ? ' fresh' : ''}${selected ? ' selected' : ''}${chosen ? ' chosen' : ''}`;
  return (
    <article
      id={cardId(key)}
      class={`card ${face.category}${marks}${isDecided ? ' decided' : ''}`}
      tabIndex={reachable ? 0 : -1}
      aria-posinset={position + 1}
      aria-setsize={total}
      aria-busy={saving}
      aria-label={`${t[face.category]}, ${t.score} ${probabilityWords(face.score)}, ${face.post.platform}`}
      onFocus={() => props.onSelect(key)}
    >
      <div class="card-verdict">
        <Chooser {...props} />
        <ScoreBar item={face} />
      </div>
      <div class="card-post">
        <PostLine item={face} />
        <MarkedText item={face} revealed={revealed} onReveal={reveal} />
        <Reasons item={face} revealed={revealed} onReveal={reveal} />
        <ClaimLine {...face} />
      </div>
      <div class={`card-notice${face.audit ? ' audit' : ''}`}>
        {face.audit ? (
          <AuditJudgement found={face.audit.found} onJudge={(found) => props.onJudge(face.flagId, found)} />
        ) : (
          <>
            <CampaignCorner row={row} />
            <ReviewBadges review={row.review} />
          </>
        )}
      </div>
      {conflict && <ConflictNotice conflict={conflict} onSettle={(how) => props.onSettle(key, how)} />}
      {selected && face.audit === null && (
        <CardActions saving={saving} linked={row.campaignId !== null} onAct={(action) => props.onAct(key, action)} />
      )}
    </article>
  );
});

function Chooser({ row: { key, face }, chosen, onChoose }: CardProps) {
  const t = useTexts();
  const words = useTextsOf(DECISIONS);
  if (face.audit) return <span class="category">{t[face.category]}</span>;
  return (
    <label class="category">
      <input
        type="checkbox"
        checked={chosen}
        aria-label={`${words.choose}: ${t[face.category]}`}
        onChange={() => onChoose(key)}
      />
      {t[face.category]}
    </label>
  );
}
