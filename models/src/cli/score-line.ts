import { CATEGORIES, type Category } from '@siaga/contracts';
import type { Scored, Scorer, Weight } from '../scorer.js';
import type { Line } from './read-lines.js';

/** A post to score, or why its line is not one. `line` counts from 1. */
export type Request = { line: number; id?: string; text: string } | { line: number; id?: string; error: string };

export interface Flag {
  category: Category;
  score: number;
  threshold: number;
}

/** NDJSON in: an object with a string `text`; `id` (string or number) is passed through. */
export function parseRequest({ text, tooLong }: Line, line: number): Request {
  if (tooLong) return { line, error: 'the line is too long' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { line, error: 'the line is not JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { line, error: 'the line is not a JSON object' };
  const { id, text: post } = value as { id?: unknown; text?: unknown };
  const known = typeof id === 'string' || typeof id === 'number' ? { id: String(id) } : {};
  if (typeof post !== 'string') return { line, ...known, error: 'the object has no string "text"' };
  return { line, ...known, text: post };
}

const round = (x: number): number => Math.round(x * 1e4) / 1e4;
const rounded = <K extends string>(values: Record<K, number>): Record<K, number> =>
  Object.fromEntries(Object.entries<number>(values).map(([key, x]) => [key, round(x)])) as Record<K, number>;

/** Categories whose score reaches the flag threshold. Compared unrounded. */
export function flagsOf({ scores }: Scored, { thresholds }: Pick<Scorer, 'thresholds'>): Flag[] {
  return CATEGORIES.filter((category) => scores[category] >= thresholds[category].flag).map((category) => ({
    category,
    score: round(scores[category]),
    threshold: thresholds[category].flag,
  }));
}

/** One line of output, without its line break. */
export function formatResult(request: Request, scored: Scored | undefined, scorer: Scorer, explain: boolean): string {
  const id = request.id ?? String(request.line);
  if (scored === undefined || 'error' in request) {
    return JSON.stringify({ id, line: request.line, error: 'error' in request ? request.error : 'not scored' });
  }
  const flags = flagsOf(scored, scorer);
  return JSON.stringify({
    id,
    scores: rounded(scored.scores),
    flags,
    model: { name: scorer.name, version: scorer.version },
    backend: scorer.backend,
    ...(scored.labels === undefined ? {} : { labels: rounded(scored.labels) }),
    ...(explain ? { explain: explanations(request.text, scorer) } : {}),
  });
}

function explanations(text: string, scorer: Scorer): Record<Category, Weight[]> {
  return Object.fromEntries(
    CATEGORIES.map((category) => [
      category,
      scorer.explain(text, category).map(({ token, weight }) => ({ token, weight: round(weight) })),
    ]),
  ) as Record<Category, Weight[]>;
}
