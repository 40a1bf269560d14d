import { CATEGORIES, perCategory, type Category, type Post } from '@siaga/contracts';
import type { Scored } from '@siaga/models';
import { count, emptyHistogram, stabilityIndex } from '../score-histogram.js';
import type { LiveJudgement } from './live-record.js';
import type { FlagThresholds } from './thresholds-file.js';

/** A post that only one side flags. */
export interface ChangedItem {
  readonly change: 'gained' | 'lost';
  readonly category: Category;
  readonly postId: string;
  readonly url?: string;
  readonly at: string;
  /** What the fleet gave it then, and what the replayed model gives it. */
  readonly before: number;
  readonly after: number;
  readonly text: string;
}

interface Counts {
  before: number;
  after: number;
}

export interface CategoryComparison extends Readonly<Counts> {
  readonly gained: number;
  readonly lost: number;
  /** Of the replayed model's scores against the fleet's. */
  readonly stabilityIndex: number;
  /** The largest moves of the score, largest first. */
  readonly examples: { readonly gained: readonly ChangedItem[]; readonly lost: readonly ChangedItem[] };
}

export interface ComparisonResult {
  readonly compared: number;
  readonly categories: Readonly<Record<Category, CategoryComparison>>;
  /** Alerts by the UTC day on which posts reached Kafka. */
  readonly days: readonly ({ readonly day: string } & Readonly<Record<Category, Readonly<Counts>>>)[];
}

export interface Comparison {
  /** @returns the items that change */
  add(post: Post, at: number, live: LiveJudgement, scores: Scored['scores']): ChangedItem[];
  result(): ComparisonResult;
}

const EXAMPLES = 10;
const EXAMPLE_TEXT = 500;

/** Counts what a model with these thresholds would have flagged beside what the fleet did flag. Bounded by days. */
export function comparison(thresholds: FlagThresholds): Comparison {
  let compared = 0;
  const live = emptyHistogram();
  const replayed = emptyHistogram();
  const days = new Map<string, Record<Category, Counts>>();
  const changed = perCategory(() => ({ gained: 0, lost: 0 }));
  const examples = perCategory(() => ({ gained: [] as ChangedItem[], lost: [] as ChangedItem[] }));
  return {
    add(post, at, before, scores) {
      compared++;
      count(live, before.scores);
      count(replayed, scores);
      const instant = new Date(at).toISOString();
      const day = instant.slice(0, 10);
      let counts = days.get(day);
      if (!counts) days.set(day, (counts = perCategory(() => ({ before: 0, after: 0 }))));
      const items: ChangedItem[] = [];
      for (const category of CATEGORIES) {
        const was = before.flagged[category];
        const is = scores[category] >= thresholds[category];
        if (was) counts[category].before++;
        if (is) counts[category].after++;
        if (was === is) continue;
        const change = is ? 'gained' : 'lost';
        changed[category][change]++;
        const item: ChangedItem = {
          ...{ change, category, postId: post.id, at: instant },
          ...(post.url === undefined ? {} : { url: post.url }),
          ...{ before: before.scores[category], after: scores[category], text: post.text.slice(0, EXAMPLE_TEXT) },
        };
        items.push(item);
        keepLargest(examples[category][change], item);
      }
      return items;
    },
    result() {
      const byDay = [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, counts]) => ({ day, ...counts }));
      const sum = (category: Category, side: keyof Counts) => byDay.reduce((n, day) => n + day[category][side], 0);
      const categories = perCategory((category): CategoryComparison => ({
        ...{ before: sum(category, 'before'), after: sum(category, 'after') },
        ...changed[category],
        stabilityIndex: stabilityIndex(live[category], replayed[category]),
        examples: examples[category],
      }));
      return { compared, categories, days: byDay };
    },
  };
}

const move = ({ before, after }: ChangedItem): number => Math.abs(after - before);

function keepLargest(items: ChangedItem[], item: ChangedItem): void {
  const last = items.at(-1);
  if (items.length >= EXAMPLES && last && move(last) >= move(item)) return;
  const at = items.findIndex((other) => move(other) < move(item));
  items.splice(at < 0 ? items.length : at, 0, item);
  items.length = Math.min(items.length, EXAMPLES);
}
