import { randomUUID } from 'node:crypto';
import { CATEGORIES, type Category } from '@siaga/contracts';
import { randomFrom, type Random } from '../random.js';
import { textOf, wordOf, VOCABULARY } from './words.js';

export interface MadeFlag {
  readonly number: number;
  /** Null of an audited post. */
  readonly campaignId: string | null;
  /** Whether the campaign is new. */
  readonly opens: boolean;
  readonly category: Category;
  readonly platform: string;
  readonly language: string;
  readonly author: string;
  readonly text: string;
  readonly score: number;
  readonly label: string;
  readonly at: Date;
}

interface OpenCampaign {
  readonly campaignId: string;
  readonly category: Category;
  readonly text: string;
}

export const MONTHS = 24;
const MONTH_MS = 30 * 24 * 3_600_000;
const OPEN_CAMPAIGNS = 3_000;
const AUTHORS = 300_000;
/** Has no hoaxes: a question for them finds nothing, wherever one looks. */
export const HATE_ONLY = 'tepi.example';
export const PLATFORMS = ['bluesky', 'mastodon.example', 'forum.example', 'kanal.example', 'video.example', HATE_ONLY];
const LANGUAGES = ['id', 'id', 'id', 'id', 'id', 'id', 'jv', 'su', 'ms', 'en'];
export const LABELS = ['religion', 'race', 'gender', 'politics', 'health', 'threat', 'body', 'abusive'];

/**
 * Two years of invented flags, oldest first: campaigns of all sizes that come and go, words that are used in one month only.
 *
 * @param end when the last one was recorded
 */
export function* flagHistory(count: number, { end, seed = 8 }: { end: Date; seed?: number }): Generator<MadeFlag> {
  const random = randomFrom(seed);
  const campaigns: OpenCampaign[] = [];
  for (let number = 0; number < count; number++) {
    const age = (MONTHS * MONTH_MS * (count - 1 - number)) / count;
    const month = Math.floor((MONTHS * number) / count);
    const audited = random.next() < 0.02;
    const opens = campaigns.length < 10 || random.next() < 0.25;
    if (!audited && opens) {
      const category = CATEGORIES[random.zipf(CATEGORIES.length)] as Category;
      const opened = { campaignId: randomUUID(), category, text: textOf(random, month) };
      // The first one is never closed: it grows to more than a twentieth of everything.
      campaigns[campaigns.length < OPEN_CAMPAIGNS ? campaigns.length : 1 + random.below(OPEN_CAMPAIGNS - 1)] = opened;
      yield { ...flagOf(random, number, category), ...opened, opens: true, at: new Date(+end - age) };
    } else {
      const joined = campaigns[random.zipf(campaigns.length)] as OpenCampaign;
      const text = `${joined.text} ${wordOf(random.zipf(VOCABULARY))}`;
      const campaignId = audited ? null : joined.campaignId;
      yield {
        ...flagOf(random, number, joined.category),
        ...joined,
        campaignId,
        text,
        opens: false,
        at: new Date(+end - age),
      };
    }
  }
}

function flagOf(random: Random, number: number, category: Category) {
  const platform = random.zipf(PLATFORMS.length);
  return {
    number,
    platform: (category !== 'hate' && PLATFORMS[platform] === HATE_ONLY ? PLATFORMS[0] : PLATFORMS[platform]) as string,
    language: LANGUAGES[random.below(LANGUAGES.length)] as string,
    author: `author-${random.zipf(AUTHORS)}`,
    // Calibrated scores crowd together at the upper end.
    score: 1 - 0.5 * random.next() ** 2,
    label: LABELS[random.zipf(LABELS.length)] as string,
  };
}
