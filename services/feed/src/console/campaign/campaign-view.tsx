import type { CampaignDetail } from './campaign-detail.js';
import { useState } from 'preact/hooks';
import { ListState } from '../components/list-state.js';
import { ViewHeading } from '../components/view-heading.js';
import { ConflictNotice } from '../decisions/conflict-notice.js';
import { DecisionQuestions, isAsked, type Question } from '../decisions/decision-questions.js';
import { ReviewBadges } from '../decisions/review-badges.js';
import { ToldToast } from '../decisions/told-toast.js';
import { useDecisions, type Decidable } from '../decisions/use-decisions.js';
import { useTexts, useTextsOf } from '../language.js';
import type { ViewProps } from '../place.js';
import { CardActions, type CardAction } from '../queue/card-actions.js';
import { useMay } from '../session.js';
import { CAMPAIGN } from '../texts/campaign.js';
import { useKeys } from '../use-keys.js';
import { CampaignFacts, CampaignNotices } from './campaign-facts.js';
import { CampaignTimeline } from './campaign-timeline.js';
import { Copies } from './copies.js';
import { useCampaign, type OpenCampaign } from './use-campaign.js';
import '../styles/rows.css';
import '../styles/campaign.css';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One campaign: how far it went, its copies, what was decided, and what can be. Escape leads back to the queue. */
export function CampaignView({ path }: ViewProps) {
  const t = useTextsOf(CAMPAIGN);
  const back = () => void (location.hash = '#/flags');
  return (
    <main class="campaign">
      <p class="way-back">
        <a href="#/flags">← {t.back}</a>
      </p>
      {UUID.test(path) ? <Loaded key={path} campaignId={path} onBack={back} /> : <Missing />}
    </main>
  );
}

function Missing() {
  const t = useTextsOf(CAMPAIGN);
  return (
    <div class="list-state" role="status">
      <h2>{t.missing}</h2>
      <p>{t.missingHint}</p>
    </div>
  );
}

function Loaded({ campaignId, onBack }: { campaignId: string; onBack: () => void }) {
  const open = useCampaign(campaignId);
  useKeys({ Escape: onBack });
  if (open.detail === undefined) return <ListState kind="loading" />;
  if (open.detail === null) return <Missing />;
  return <Detail open={open} detail={open.detail} />;
}

function Detail({ open, detail }: { open: OpenCampaign; detail: CampaignDetail }) {
  const { campaignId, category, review } = detail;
  const all = useTexts();
  const t = useTextsOf(CAMPAIGN);
  const may = useMay('decide');
  const [question, setQuestion] = useState<Question>();
  const decisions = useDecisions(open.lookAgain);
  const target: Decidable = { key: campaignId, subject: { campaignId }, review };
  const act = (action: CardAction) => {
    if (!may || action === 'open') return;
    if (isAsked(action)) setQuestion({ action, targets: [target] });
    else void decisions.decide([target], { action });
  };
  useKeys({
    c: () => act('confirm'),
    d: () => act('dismiss'),
    e: () => act('escalate'),
    a: () => act('assign'),
    u: () => void (may && decisions.undo()),
  });
  const conflict = decisions.conflicts.get(campaignId);
  return (
    <>
      <section class={`card campaign-head ${category}`}>
        <div class="campaign-title">
          <ViewHeading>{t.title(all[category])}</ViewHeading>
          <ReviewBadges review={review} />
        </div>
        <CampaignFacts detail={detail} />
        {conflict && <ConflictNotice conflict={conflict} onSettle={(how) => decisions.settle(campaignId, how)} />}
        <CardActions saving={decisions.saving.has(campaignId)} linked={false} onAct={act} />
      </section>
      <div class="campaign-columns">
        <Copies {...open} />
        <div>
          <CampaignTimeline timeline={detail.timeline} />
          <CampaignNotices detail={detail} />
        </div>
      </div>
      <ToldToast decisions={decisions} />
      <DecisionQuestions
        question={question}
        onClose={() => setQuestion(undefined)}
        onWord={(targets, word) => void decisions.decide(targets, word)}
      />
    </>
  );
}
