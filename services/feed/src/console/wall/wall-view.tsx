import { ReconnectingBanner } from '../components/reconnecting-banner.js';
import { DueSoonest } from './due-soonest.js';
import { GrowingCampaigns } from './growing-campaigns.js';
import { TroubledSources } from './troubled-sources.js';
import { WallFigures } from './wall-figures.js';
import { WallHeader } from './wall-header.js';
import '../styles/wall.css';

/** The screen on the posko's wall: what is most urgent now, for people who stand metres away and touch nothing. */
export function WallView() {
  return (
    <div class="wall always-dark">
      <WallHeader />
      <main>
        <WallFigures />
        <DueSoonest />
        <GrowingCampaigns />
        <TroubledSources />
      </main>
      <ReconnectingBanner />
    </div>
  );
}
