import type { Category, Reason } from '@siaga/contracts';
import type { Scored, Scorer } from '@siaga/models';
import { normalise } from '@siaga/text';
import { LRUCache } from 'lru-cache';

/** What is worked out only for a text that reaches a threshold: it costs as much as scoring several others. */
export interface SuspectDetails {
  readonly labels: NonNullable<Scored['labels']>;
  /** The tokens that spoke for a category, strongest first. */
  reasons(category: Category): Reason[];
}

/** Longest that a token shown as a reason may be; longer ones are cut for the eye, the score has seen all of it. */
const MAX_REASON_LENGTH = 100;
const MAX_REASONS = 8;
const MAX_TEXTS = 5_000;

/**
 * Near-copies share their details: texts that differ in links, handles, numbers, capitals and spelling tricks are one text to the model.
 * A new model starts with an empty memory.
 */
export interface DetailsCache {
  /** @returns the details of each text, in order */
  of(scorer: Scorer, texts: readonly string[]): SuspectDetails[];
}

export function detailsCache(): DetailsCache {
  const memory = new LRUCache<string, SuspectDetails>({ max: MAX_TEXTS });
  let remembered: Scorer | undefined;
  return {
    of(scorer, texts) {
      if (remembered !== scorer) memory.clear();
      remembered = scorer;
      const keys = texts.map(normalise);
      const fresh = new Map<string, string>();
      keys.forEach((key, i) => {
        if (!memory.has(key)) fresh.set(key, texts[i] as string);
      });
      const made = detailsOf(scorer, [...fresh.values()]);
      const news = new Map([...fresh.keys()].map((key, i) => [key, made[i] as SuspectDetails]));
      const all = keys.map((key) => news.get(key) ?? (memory.get(key) as SuspectDetails));
      for (const [key, details] of news) memory.set(key, details);
      return all;
    },
  };
}

function detailsOf(scorer: Scorer, texts: readonly string[]): SuspectDetails[] {
  return scorer.labels(texts).map((labels, i) => {
    const known = new Map<Category, Reason[]>();
    return {
      labels,
      reasons(category) {
        const reasons = known.get(category) ?? reasonsOf(texts[i] as string, category, scorer);
        known.set(category, reasons);
        return reasons;
      },
    };
  });
}

function reasonsOf(text: string, category: Category, scorer: Scorer): Reason[] {
  return scorer
    .explain(text, category, MAX_REASONS)
    .filter(({ token, weight }) => weight > 0 && token !== '')
    .map(({ token, weight }) => ({ kind: 'token', token: token.slice(0, MAX_REASON_LENGTH), weight }));
}
