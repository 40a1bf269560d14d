import type { CampaignAnswer } from '../../routes/campaign.js';
import { useTextsOf } from '../language.js';
import { Sparkline } from '../queue/sparkline.js';
import { CAMPAIGN } from '../texts/campaign.js';
import { QUEUE } from '../texts/queue.js';

const hourOf = (at: string): string =>
  new Date(at).toLocaleString(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit' });

/** When its copies appeared; the numbers behind the bars are there to be read. */
export function CampaignTimeline({ timeline }: { timeline: CampaignAnswer['timeline'] }) {
  const t = useTextsOf(CAMPAIGN);
  const words = useTextsOf(QUEUE);
  const total = timeline.reduce((sum, { posts }) => sum + posts, 0);
  return (
    <section class="row">
      <h3>{t.timeline}</h3>
      <Sparkline timeline={timeline} label={words.timeline(total)} />
      <details>
        <summary>{t.hour}</summary>
        <ul class="lines">
          {timeline.map(({ at, platform, posts }) => (
            <li key={`${at} ${platform}`}>
              <time dateTime={at}>{hourOf(at)}</time>
              <bdi>{platform}</bdi>
              <strong>{posts}</strong>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
