import type { FlagItem } from '../flag-item.js';

/** What the list shows. It lives in the URL, so that a view can be kept and passed on. */
export interface Filters {
  readonly category: FlagItem['category'] | '';
  readonly platform: string;
  readonly campaign: string;
  readonly q: string;
  /** The posts picked for the audit instead of alerts. */
  readonly audit: 'true' | '';
}

export const CATEGORIES = ['hoax', 'hate', 'bullying'] as const;
export const NO_FILTERS: Filters = { category: '', platform: '', campaign: '', q: '', audit: '' };

/** Reads a query string; what it does not know it leaves out. */
export function filtersFrom(search: string): Filters {
  const given = new URLSearchParams(search);
  return {
    category: CATEGORIES.find((category) => category === given.get('category')) ?? '',
    platform: given.get('platform') ?? '',
    campaign: given.get('campaign') ?? '',
    q: (given.get('q') ?? '').slice(0, 200),
    audit: given.get('audit') === 'true' ? 'true' : '',
  };
}

/** @returns a query string with its question mark, or nothing when nothing is filtered */
export function searchOf(filters: Filters): string {
  const given = new URLSearchParams(Object.entries(filters).filter(([, value]) => value.trim() !== ''));
  return given.size > 0 ? `?${given}` : '';
}

/** Whether a flag that has just come belongs to the list, as the server would decide. */
export function passes(item: FlagItem, { category, platform, campaign, q, audit }: Filters): boolean {
  if ((item.audit !== null) !== (audit === 'true')) return false;
  if (category && item.category !== category) return false;
  if (platform && item.post.platform !== platform) return false;
  if (campaign && item.campaignId !== campaign) return false;
  const text = item.post.text.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}
