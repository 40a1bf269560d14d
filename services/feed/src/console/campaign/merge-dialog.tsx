import { useState } from 'preact/hooks';
import type { CampaignItem } from '../../campaign-item.js';
import type { CampaignAnswer } from '../../routes/campaign.js';
import { MarkedWords } from '../components/marked-text.js';
import { DecisionDialog } from '../decisions/decision-dialog.js';
import { useTexts, useTextsOf } from '../language.js';
import { CAMPAIGN } from '../texts/campaign.js';
import { useLikelyCampaigns } from './likely-campaigns.js';

const SHOWN = 140;

interface Asked {
  readonly campaign: CampaignAnswer;
  readonly onClose: () => void;
  readonly onMerge: (into: string) => void;
}

/** Into which campaign: one press on it, or its id. The arrow keys lead from the search to what it has found. */
export function MergeDialog({ campaign, onClose, onMerge }: Asked) {
  const t = useTextsOf(CAMPAIGN);
  const [asked, setAsked] = useState('');
  const likely = useLikelyCampaigns(campaign, asked);
  return (
    <DecisionDialog title={t.mergeTitle} onClose={onClose}>
      <p>{t.mergeHint}</p>
      <div class="merge-choice" onKeyDown={moveByArrows}>
        <label>
          <span>{t.mergeSearch}</span>
          <input
            data-first=""
            type="search"
            maxLength={200}
            value={asked}
            autocomplete="off"
            onInput={(event) => setAsked(event.currentTarget.value)}
          />
        </label>
        <p role="status">{likely && t.likely(likely.length)}</p>
        <ul class="reason-list">
          {likely?.map((one) => (
            <li key={one.campaignId}>
              <button type="button" onClick={() => onMerge(one.campaignId)}>
                <Option campaign={one} />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </DecisionDialog>
  );
}

function Option({ campaign: { size, platforms, sample } }: { campaign: CampaignItem }) {
  const all = useTexts();
  return (
    <>
      <small>
        {size === 1 ? all.single : all.copies(size)} · <bdi>{platforms.map(({ platform }) => platform).join(', ')}</bdi>
      </small>
      {sample && (
        <span class="merge-text" dir="auto">
          {sample.post.removedAt === null ? <MarkedWords item={sample} limit={SHOWN} revealed={false} /> : all.removed}
        </span>
      )}
    </>
  );
}

function moveByArrows(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, .reason-list button')];
  const next = stops[stops.indexOf(document.activeElement as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
