import { HATE_ONLY, LABELS, MONTHS, PLATFORMS } from './flag-history.js';
import type { Random } from '../random.js';
import { monthWord, VOCABULARY, wordOf } from './words.js';

export interface Question {
  /** What it is an example of. */
  readonly kind: string;
  /** Path and query. */
  readonly path: string;
  /** How many pages are read, one after the other; each is a measurement. */
  readonly pages: number;
}

type Parameters = Readonly<Record<string, string | readonly string[]>>;

const DAY_MS = 24 * 3_600_000;
const CATEGORIES = ['hoax', 'hate', 'bullying'];
const CAMPAIGN_SORTS = ['-lastSeenAt', 'lastSeenAt', '-size', '-topScore'];
const SORTS = ['-recordedAt', 'recordedAt', '-score', 'score', '-createdAt'];

/** What analysts and programs ask, and what somebody asks who means no good: so many of each kind. */
export function questions(random: Random, each: number, now: Date): Question[] {
  const one = <T>(values: readonly T[]) => values[random.below(values.length)] as T;
  const word = () => wordOf(random.zipf(VOCABULARY));
  const frequent = () => wordOf(random.below(30));
  const old = () => monthWord(random.below(MONTHS / 2), random.zipf(40));
  const day = () => new Date(+now - random.below(MONTHS * 30) * DAY_MS);
  const window = (days: number) => {
    const from = day();
    return { from: from.toISOString(), to: new Date(+from + days * DAY_MS).toISOString() };
  };
  const flags: Readonly<Record<string, () => Parameters>> = {
    newest: () => ({ limit: String(20 + random.below(80)) }),
    'one filter': () =>
      one([{ category: one(CATEGORIES) }, { platform: one(PLATFORMS) }, { language: one(['id', 'jv', 'en']) }]),
    'some filters': () => ({
      category: one(CATEGORIES),
      platform: [one(PLATFORMS), one(PLATFORMS)],
      language: one(['id', 'jv']),
      minScore: (0.5 + random.next() / 2).toFixed(3),
    }),
    'a label': () => ({ label: one(LABELS), category: one(CATEGORIES) }),
    'an author': () => ({ author: `author-${random.zipf(300_000)}`, sort: one(SORTS) }),
    'a state': () => ({ state: one(['open', 'confirmed', 'dismissed', 'escalated']), category: one(CATEGORIES) }),
    audited: () => ({ audit: 'true', state: one(['open', 'dismissed', 'confirmed']) }),
    'a day': () => ({ ...window(1), category: one(CATEGORIES) }),
    'a month, by score': () => ({ ...window(30), sort: '-score' }),
    'in any order': () => ({ sort: one(SORTS), category: one(CATEGORIES), platform: one(PLATFORMS) }),
    'the highest scores': () => ({ minScore: (1 - random.next() ** 3 / 50).toFixed(6), sort: one(SORTS) }),
    'a word': () => ({ q: word(), sort: one(SORTS) }),
    'a frequent word': () => ({ q: frequent(), sort: one(SORTS) }),
    'words that were used once': () => ({ q: old(), sort: one(SORTS) }),
    'old words, filtered': () => ({ q: old(), category: one(CATEGORIES), platform: one(PLATFORMS) }),
    'two words': () => ({ q: `${frequent()} ${word()}` }),
    'a phrase': () => ({ q: `"${frequent()} ${frequent()}"` }),
    'one or the other': () => ({ q: `${word()} or ${word()} or ${old()}`, platform: one(PLATFORMS) }),
    'without a word': () => ({ q: `${word()} -${frequent()}` }),
    'hostile: nowhere': () => ({ platform: HATE_ONLY, category: 'hoax', sort: one(SORTS) }),
    'hostile: months apart': () => ({ q: `${monthWord(1, 0)} ${monthWord(1 + random.below(20), random.below(3))}` }),
    'hostile: never said': () => ({ q: `"${frequent()} ${old()} ${frequent()}"`, sort: one(SORTS) }),
    'hostile: only without': () => ({ q: `-${frequent()} -${frequent()} -${word()}` }),
    'hostile: twenty words': () => ({ q: Array.from({ length: 20 }, frequent).join(' or ').slice(0, 200) }),
    'hostile: everything': () => ({
      q: `${frequent()} or ${frequent()}`,
      category: CATEGORIES,
      platform: PLATFORMS,
      label: LABELS,
      minScore: '0.999999',
      sort: one(SORTS),
    }),
  };
  const campaigns: Readonly<Record<string, () => Parameters>> = {
    'campaigns: newest': () => ({ limit: String(20 + random.below(80)) }),
    'campaigns: open': () => ({ state: 'open', sort: one(CAMPAIGN_SORTS) }),
    'campaigns: decided': () => ({ state: one(['confirmed', 'dismissed', 'escalated']), sort: one(CAMPAIGN_SORTS) }),
    'campaigns: by size': () => ({ sort: '-size', category: one(CATEGORIES), minSize: String(2 + random.below(50)) }),
    'campaigns: a word': () => ({ q: word(), sort: one(CAMPAIGN_SORTS) }),
    'campaigns: an old word': () => ({ q: old(), sort: one(CAMPAIGN_SORTS) }),
    'campaigns: filtered': () => ({
      ...{ platform: one(PLATFORMS), language: one(['id', 'jv', 'en']), category: one(CATEGORIES) },
      sort: one(CAMPAIGN_SORTS),
    }),
    'campaigns: a week': () => ({ ...window(7), sort: '-topScore' }),
  };
  const ofCampaigns = Object.entries(campaigns).flatMap(([kind, parameters]) =>
    Array.from({ length: each }, () => asked(kind, '/v1/campaigns', parameters())),
  );
  const lists = Object.entries(flags).flatMap(([kind, parameters]) =>
    Array.from({ length: each }, () => asked(kind, '/v1/flags', parameters(), kind === 'newest' ? 3 : 1)),
  );
  const counted = [
    'one filter',
    'some filters',
    'a word',
    'a frequent word',
    'two words',
    'a phrase',
    'a day',
    'a state',
  ];
  const counts = counted.flatMap((kind) =>
    Array.from({ length: Math.ceil(each / 2) }, () =>
      asked('counted', '/v1/flags', { ...(flags[kind] as () => Parameters)(), count: 'true', limit: '1' }),
    ),
  );
  const countedCampaigns = Object.values(campaigns).flatMap((parameters) =>
    Array.from({ length: Math.ceil(each / 4) }, () =>
      asked('campaigns: counted', '/v1/campaigns', { ...parameters(), count: 'true', limit: '1' }),
    ),
  );
  return [...lists, ...counts, ...ofCampaigns, ...countedCampaigns]
    .map((question) => ({ question, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ question }) => question);
}

function asked(kind: string, list: string, parameters: Parameters, pages = 1): Question {
  const query = Object.entries(parameters).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, value as string] as [string, string]),
  );
  return { kind, path: `${list}?${new URLSearchParams(query)}`, pages };
}
