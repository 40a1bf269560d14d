import type { FlagItem } from '../../flag-item.js';
import { useNow } from '../clock.js';
import { Visible } from '../components/marked-text.js';
import { useTexts, useTextsOf } from '../language.js';
import { WALL } from '../texts/wall.js';
import { fastestGrowing, type Growth } from './latest-flags.js';
import { useLatestFlags } from './use-latest-flags.js';

const SHOWN = 5;
const PLATFORMS = 3;
const WORDS = 6;
const LETTERS = 60;

/** The campaigns that grow fastest. What a fact-checker wrote can be read; what posts say is veiled, for visitors pass by. */
export function GrowingCampaigns() {
  const t = useTextsOf(WALL);
  const flags = useLatestFlags();
  const now = useNow();
  const growing = flags && fastestGrowing(flags, now, SHOWN);
  return (
    <section class="wall-growing" aria-labelledby="wall-growing">
      <h2 id="wall-growing">
        {t.growing} {flags && <small>{t.window(flags.length)}</small>}
      </h2>
      {growing?.length === 0 && <p class="none">{t.noneGrowing}</p>}
      <ol>
        {growing?.map((campaign) => (
          <Campaign key={campaign.campaignId} campaign={campaign} />
        ))}
      </ol>
    </section>
  );
}

function Campaign({ campaign: { grown, size, face, platforms } }: { campaign: Growth }) {
  const all = useTexts();
  const t = useTextsOf(WALL);
  const [claim] = face.claims;
  return (
    <li>
      <p class="lead">{t.grown(grown)}</p>
      <p class="who">
        <span class={`category ${face.category}`}>{all[face.category]}</span>
        <span>{t.inAll(size)}</span>
        <bdi class="platforms">{platforms.slice(0, PLATFORMS).join(', ')}</bdi>
      </p>
      {claim ? (
        <p class="says" dir="auto">
          {t.factCheck}: <Visible text={claim.text} />
        </p>
      ) : (
        <p class="says" dir="auto" aria-hidden="true">
          <span class="wall-veil">{firstWords(face)}</span>
        </p>
      )}
    </li>
  );
}

/** Enough to tell by its shape that it is another post. */
const firstWords = ({ post }: FlagItem): string => post.text.split(/\s+/, WORDS).join(' ').slice(0, LETTERS);
