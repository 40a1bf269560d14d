import { useEffect, useState } from 'preact/hooks';
import type { CampaignItem } from '../../campaign-item.js';
import type { CampaignAnswer } from '../../routes/campaign.js';
import type { CampaignPage } from '../../routes/campaigns.js';
import { load, loadCampaign } from '../load.js';

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SHOWN = 8;
/** Shorter ones say little of what a text is about. */
const LEAST_LETTERS = 4;
const MOST_WORDS = 8;
const LONGEST_QUERY = 200;
const TYPING_MS = 250;

/** @returns a query for texts with any of the text's longest words, each once; nothing where it has none */
export function queryOfWords(text: string): string {
  const words = text.toLowerCase().match(new RegExp(`[\\p{L}\\p{N}]{${LEAST_LETTERS},40}`, 'gu')) ?? [];
  const longest = [...new Set(words)].toSorted((a, b) => b.length - a.length).slice(0, MOST_WORDS);
  let query = '';
  for (const word of longest) {
    const next = query === '' ? word : `${query} or ${word}`;
    if (next.length > LONGEST_QUERY) break;
    query = next;
  }
  return query;
}

/**
 * Campaigns that one may be merged into: those with words of its own, or those that are asked for by words or by id.
 *
 * @returns undefined until there is an answer
 */
export function useLikelyCampaigns(of: CampaignAnswer, asked: string): readonly CampaignItem[] | undefined {
  const [found, setFound] = useState<readonly CampaignItem[]>();
  useEffect(() => {
    const asking = new AbortController();
    const timer = setTimeout(
      () => {
        likely(of, asked.trim(), asking.signal).then(
          (items) => setFound(items.filter(({ campaignId }) => campaignId !== of.campaignId).slice(0, SHOWN)),
          () => void (asking.signal.aborted || setFound([])),
        );
      },
      asked === '' ? 0 : TYPING_MS,
    );
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [of.campaignId, asked]);
  return found;
}

async function likely(
  { category, sample }: CampaignAnswer,
  asked: string,
  signal: AbortSignal,
): Promise<readonly CampaignItem[]> {
  if (UUID.test(asked)) {
    const campaign = await loadCampaign(asked.toLowerCase(), signal);
    return campaign?.category === category ? [campaign] : [];
  }
  const text = sample?.post.text ?? '';
  const q = asked === '' ? queryOfWords(text) : asked.slice(0, LONGEST_QUERY);
  const query = new URLSearchParams({ category, limit: '50', ...(q && { q }) });
  const { items } = await load<CampaignPage>(`/v1/campaigns?${query}`, signal);
  return asked === '' ? mostAlike(items, text) : items;
}

function mostAlike(items: readonly CampaignItem[], text: string): readonly CampaignItem[] {
  const own = wordsOf(text);
  const alike = new Map(items.map((item) => [item, shared(wordsOf(item.sample?.post.text ?? ''), own)]));
  return items.toSorted((a, b) => (alike.get(b) ?? 0) - (alike.get(a) ?? 0));
}

const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);

/** Of all words of two texts, how many both have: 0 none, 1 all. */
function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((word) => b.has(word)).length;
  return both / Math.max(1, a.size + b.size - both);
}
