import { useMemo, useState } from 'preact/hooks';
import type { CampaignAnswer } from '../../routes/campaign.js';
import { ViewHeading } from '../components/view-heading.js';
import { ConflictNotice } from '../decisions/conflict-notice.js';
import type { Action } from '../decisions/decision.js';
import { DecisionQuestions, isAsked, type Question } from '../decisions/decision-questions.js';
import { ReviewBadges } from '../decisions/review-badges.js';
import { ToldToast } from '../decisions/told-toast.js';
import { useDecisions, type Decidable } from '../decisions/use-decisions.js';
import { useTexts, useTextsOf } from '../language.js';
import { BulkBar } from '../queue/bulk-bar.js';
import { CardActions } from '../queue/card-actions.js';
import { useChosen } from '../queue/use-chosen.js';
import { useMay } from '../session.js';
import { CAMPAIGN } from '../texts/campaign.js';
import { DECISIONS } from '../texts/decisions.js';
import { useKeys } from '../use-keys.js';
import { CampaignFacts, CampaignNotices } from './campaign-facts.js';
import { CampaignHistory } from './campaign-history.js';
import { CampaignTimeline } from './campaign-timeline.js';
import { CopyList } from './copy-list.js';
import { MergeDialog } from './merge-dialog.js';
import type { OpenCampaign } from './use-campaign.js';

/** How far it went, its copies, what was decided, and what can be: about all of it, or about the copies that are chosen. */
export function CampaignPage({ detail, copies, lookAgain }: OpenCampaign & { detail: CampaignAnswer }) {
  const { campaignId, category, review, mergedInto } = detail;
  const all = useTexts();
  const t = useTextsOf(CAMPAIGN);
  const words = useTextsOf(DECISIONS);
  const [may, maySettle] = [useMay('decide'), useMay('settle')];
  const [question, setQuestion] = useState<Question>();
  const [merging, setMerging] = useState(false);
  const [selected, setSelected] = useState('');
  const [revealed, setRevealed] = useState(false);
  const decisions = useDecisions(lookAgain);
  const rows = useMemo(() => copies.items.map(({ flagId }) => ({ key: flagId })), [copies.items]);
  const { chosen, choose, chooseTo, clear } = useChosen(rows);

  const whole: Decidable = { key: campaignId, subject: { campaignId }, review };
  const targets = (): readonly Decidable[] =>
    chosen.size === 0
      ? [whole]
      : copies.items
          .filter(({ flagId }) => chosen.has(flagId))
          .map((item) => ({ key: item.flagId, subject: { flagId: item.flagId }, review: item.review }));
  const decide: typeof decisions.decide = (about, word) => {
    clear();
    return decisions.decide(about, word);
  };
  const act = (action: Action, about = targets()) => {
    if (!may) return;
    if (isAsked(action)) setQuestion({ action, targets: about });
    else void decide(about, { action });
  };
  const split = () => {
    if (maySettle && chosen.size > 0) void decide([whole], { action: 'split', flags: [...chosen] });
  };

  const at = rows.findIndex(({ key }) => key === selected);
  const goTo = (position: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, position))];
    if (row) setSelected(row.key);
    return row?.key;
  };
  const extend = (step: number) => {
    const next = goTo(at + step);
    if (next !== undefined && selected !== '') chooseTo(selected, next);
  };
  useKeys({
    j: () => goTo(at + 1),
    k: () => goTo(at - 1),
    J: () => extend(1),
    K: () => extend(-1),
    x: () => selected && choose(selected),
    v: () => setRevealed(!revealed),
    c: () => act('confirm'),
    d: () => act('dismiss'),
    e: () => act('escalate'),
    a: () => act('assign'),
    h: () => act('known-hoax', [whole]),
    m: () => setMerging(maySettle),
    s: split,
    u: () => void (may && decisions.undo()),
    Escape: () => (chosen.size > 0 ? clear() : void (location.hash = '#/flags')),
  });
  const conflict = decisions.conflicts.get(campaignId);
  return (
    <>
      <section class={`card campaign-head ${category}`}>
        <div class="campaign-title">
          <ViewHeading>{t.title(all[category])}</ViewHeading>
          <ReviewBadges review={review} />
        </div>
        {mergedInto !== null && (
          <p role="status">
            {t.merged} <a href={`#/campaigns/${mergedInto}`}>{t.mergedLink}</a>
          </p>
        )}
        <CampaignFacts detail={detail} />
        {conflict && <ConflictNotice conflict={conflict} onSettle={(how) => decisions.settle(campaignId, how)} />}
        <CardActions
          saving={decisions.saving.has(campaignId)}
          linked={false}
          onAct={(action) => void (action !== 'open' && act(action, [whole]))}
        >
          {maySettle && (
            <button type="button" onClick={() => setMerging(true)}>
              {words.merge} <kbd aria-hidden="true">m</kbd>
            </button>
          )}
        </CardActions>
      </section>
      <div class="campaign-columns">
        <CopyList
          {...{ copies, selected, chosen, revealed, decisions }}
          reviewSeq={review.seq}
          onSelect={setSelected}
          onChoose={choose}
          onReveal={() => setRevealed(true)}
        />
        <div>
          <CampaignTimeline timeline={detail.timeline} />
          <CampaignNotices detail={detail} />
          <CampaignHistory history={detail.history} />
        </div>
      </div>
      <BulkBar count={chosen.size} onAct={(action) => void (action !== 'open' && act(action))} onClear={clear}>
        {maySettle && (
          <button type="button" onClick={split}>
            {words.split} <kbd aria-hidden="true">s</kbd>
          </button>
        )}
      </BulkBar>
      <ToldToast decisions={decisions} />
      <DecisionQuestions
        question={question}
        onClose={() => setQuestion(undefined)}
        onWord={(about, word) => void decide(about, word)}
      />
      {merging && (
        <MergeDialog
          campaign={detail}
          onClose={() => setMerging(false)}
          onMerge={(into) => {
            setMerging(false);
            void decide([whole], { action: 'merge', into });
          }}
        />
      )}
    </>
  );
}
