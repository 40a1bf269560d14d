import { ListState } from '../components/list-state.js';
import { useTextsOf } from '../language.js';
import type { ViewProps } from '../place.js';
import { CAMPAIGN } from '../texts/campaign.js';
import { CampaignPage } from './campaign-page.js';
import { UUID } from './likely-campaigns.js';
import { useCampaign } from './use-campaign.js';
import '../styles/rows.css';
import '../styles/campaign.css';

/** One campaign, by its id. */
export function CampaignView({ path }: ViewProps) {
  const t = useTextsOf(CAMPAIGN);
  return (
    <main class="campaign">
      <p class="way-back">
        <a href="#/flags">← {t.back}</a>
      </p>
      {UUID.test(path) ? <Loaded key={path} campaignId={path.toLowerCase()} /> : <Missing />}
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

function Loaded({ campaignId }: { campaignId: string }) {
  const open = useCampaign(campaignId);
  if (open.detail === undefined) return <ListState kind="loading" />;
  if (open.detail === null) return <Missing />;
  return <CampaignPage {...open} detail={open.detail} />;
}
