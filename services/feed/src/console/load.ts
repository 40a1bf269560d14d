import type { FlagItem } from '../flag-item.js';
import type { Summary } from '../routes/summary.js';
import { searchOf, type Filters } from './filters.js';

export interface Page {
  readonly items: readonly FlagItem[];
  readonly more: boolean;
}

const PAGE = 50;

/** @throws Error when the server does not answer, or not with a page */
export async function loadFlags(filters: Filters, signal: AbortSignal, before?: number): Promise<Page> {
  const query = new URLSearchParams(searchOf(filters));
  query.set('limit', String(PAGE));
  if (before !== undefined) query.set('before', String(before));
  const { items, next } = await load<{ items: FlagItem[]; next: string | null }>(`/v1/flags?${query}`, signal);
  return { items, more: next !== null };
}

export function loadSummary(signal: AbortSignal): Promise<Summary> {
  return load<Summary>('/v1/summary', signal);
}

async function load<T>(url: string, signal: AbortSignal): Promise<T> {
  const answer = await fetch(url, { signal, headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return (await answer.json()) as T;
}
