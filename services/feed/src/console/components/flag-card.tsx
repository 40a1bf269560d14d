import type { FlagItem } from '../../flag-item.js';
import { useTexts } from '../language.js';
import { memo } from '../memo.js';
import { probabilityWords } from '../probability-words.js';
import { safeLink } from '../safe-link.js';
import { AuditJudgement } from './audit-judgement.js';
import { isVeilable, MarkedText, Visible } from './marked-text.js';
import { NoticeBadge } from './notice-badge.js';
import { ScoreBar } from './score-bar.js';
import { Ago } from './spans.js';

const REASONS_SHOWN = 4;

interface CardProps {
  readonly item: FlagItem;
  /** It came while the page was open. */
  readonly fresh: boolean;
  readonly selected: boolean;
  /** Tab stops here: one card of the list takes the focus, the keys j and k move it on. */
  readonly reachable: boolean;
  readonly revealed: boolean;
  readonly onSelect: (flagId: string) => void;
  readonly onReveal: (flagId: string) => void;
  readonly onCampaign: (campaignId: string) => void;
  readonly onJudge: (flagId: string, found: readonly FlagItem['category'][]) => Promise<void>;
}

export const FlagCard = memo(function FlagCard(props: CardProps) {
  const { item, fresh, selected, reachable, revealed, onSelect, onReveal, onCampaign, onJudge } = props;
  const t = useTexts();
  const reveal = () => onReveal(item.flagId);
  return (
    <article
      id={cardId(item.flagId)}
      class={`card ${item.category}${fresh ? ' fresh' : ''}${selected ? ' selected' : ''}`}
      tabIndex={reachable ? 0 : -1}
      aria-label={`${t[item.category]}, ${t.score} ${probabilityWords(item.score)}, ${item.post.platform}`}
      onFocus={() => onSelect(item.flagId)}
    >
      <div class="card-verdict">
        <span class="category">{t[item.category]}</span>
        <ScoreBar item={item} />
      </div>
      <div class="card-post">
        <PostLine item={item} />
        <MarkedText item={item} revealed={revealed} onReveal={reveal} />
        <Reasons item={item} revealed={revealed} onReveal={reveal} />
      </div>
      <div class={`card-notice${item.audit ? ' audit' : ''}`}>
        {item.audit ? (
          <AuditJudgement found={item.audit.found} onJudge={(found) => onJudge(item.flagId, found)} />
        ) : (
          <>
            <Campaign item={item} onCampaign={onCampaign} />
            <NoticeBadge item={item} />
          </>
        )}
      </div>
    </article>
  );
});

/** The id of a flag's card in the document. */
export function cardId(flagId: string): string {
  return `flag-${flagId}`;
}

function PostLine({ item }: { item: FlagItem }) {
  const t = useTexts();
  const link = safeLink(item.post.url);
  return (
    <div class="post-line">
      <span class="platform">{item.post.platform}</span>
      {link ? (
        <a href={link.href} target="_blank" rel="noopener noreferrer nofollow">
          <bdi>
            {link.host}
            <span class="path">{link.path}</span>
          </bdi>
        </a>
      ) : (
        <span>{t.noLink}</span>
      )}
      <Ago at={item.post.seenAt} />
    </div>
  );
}

function Reasons({ item, revealed, onReveal }: { item: FlagItem; revealed: boolean; onReveal: () => void }) {
  const t = useTexts();
  const reasons = item.reasons.filter(({ weight }) => weight > 0).slice(0, REASONS_SHOWN);
  const canReveal = isVeilable(item) && reasons.length > 0;
  return (
    <div class="reasons">
      <ul aria-label={t.reasons}>
        {reasons.map(({ token, weight }) => (
          <li key={token}>
            <bdi class={canReveal && !revealed ? 'veiled' : ''}>
              <Visible text={token} />
            </bdi>
            <span class="weight">+{weight.toFixed(1)}</span>
          </li>
        ))}
      </ul>
      {canReveal && (
        <button type="button" class="quiet" aria-pressed={revealed} onClick={onReveal}>
          {revealed ? t.veil : t.reveal}
        </button>
      )}
      <span class="model" title={t.model}>
        {item.model.name} {item.model.version}
      </span>
    </div>
  );
}

function Campaign({ item, onCampaign }: { item: FlagItem; onCampaign: (campaignId: string) => void }) {
  const t = useTexts();
  const { campaignId } = item;
  if (campaignId === null || item.campaignSize < 2) return <span class="copies none">{t.single}</span>;
  return (
    <button type="button" class="copies" title={t.showCampaign} onClick={() => onCampaign(campaignId)}>
      <span class="stack" aria-hidden="true" />
      {t.copies(item.campaignSize)}
    </button>
  );
}
