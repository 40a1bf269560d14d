import type { FlagItem } from '../../flag-item.js';
import { useTexts } from '../language.js';
import { isVeilable, Visible } from './marked-text.js';
import { OutsideLink } from './outside-link.js';
import { Ago } from './spans.js';

const REASONS_SHOWN = 4;

/** Where a post stands, and since when it is known. */
export function PostLine({ item }: { item: FlagItem }) {
  const t = useTexts();
  return (
    <div class="post-line">
      <span class="platform">{item.post.platform}</span>
      <OutsideLink url={item.post.url} otherwise={<span>{t.noLink}</span>} />
      <Ago at={item.post.seenAt} />
    </div>
  );
}

/** The words that weighed most, and the model that weighed them. */
export function Reasons({ item, revealed, onReveal }: { item: FlagItem; revealed: boolean; onReveal: () => void }) {
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
