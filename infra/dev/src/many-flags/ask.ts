import { percentile } from '../ledger/percentile.js';
import type { Question } from './questions.js';

export interface Answered {
  readonly kind: string;
  readonly path: string;
  readonly ms: number;
  readonly status: number;
  readonly items: number;
  /** Whether the page was short and had a next one all the same. */
  readonly goesOn: boolean;
}

interface Page {
  readonly items?: readonly unknown[];
  readonly next?: string | null;
}

/** Asks one question after the other, as a person does, and measures until the last byte of each answer. */
export async function ask(base: string, asked: readonly Question[]): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (const { kind, path, pages } of asked) {
    const url = new URL(path, base);
    for (let page = 0; page < pages; page++) {
      const startedAt = performance.now();
      const response = await fetch(url);
      const { items = [], next } = (await response.json()) as Page;
      const limit = Number(url.searchParams.get('limit') ?? 50);
      const goesOn = typeof next === 'string' && items.length < limit;
      answers.push({
        kind,
        path,
        ms: performance.now() - startedAt,
        status: response.status,
        items: items.length,
        goesOn,
      });
      if (typeof next !== 'string') break;
      url.searchParams.set('cursor', next);
    }
  }
  return answers;
}

export interface Figures {
  readonly kind: string;
  readonly asked: number;
  readonly p50: number;
  readonly p95: number;
  readonly slowest: number;
  readonly failed: number;
  readonly goOn: number;
}

/** By kind, the slowest first. */
export function figuresOf(answers: readonly Answered[]): Figures[] {
  return [...new Set(answers.map(({ kind }) => kind))]
    .map((kind) =>
      figures(
        kind,
        answers.filter((answer) => answer.kind === kind),
      ),
    )
    .sort((a, b) => b.p95 - a.p95);
}

export function figures(kind: string, answers: readonly Answered[]): Figures {
  const ms = answers.map((answer) => answer.ms);
  const at = (share: number) => Math.round((percentile(ms, share) ?? 0) * 10) / 10;
  return {
    ...{ kind, asked: answers.length, p50: at(0.5), p95: at(0.95), slowest: at(1) },
    failed: answers.filter(({ status }) => status !== 200).length,
    goOn: answers.filter(({ goesOn }) => goesOn).length,
  };
}
