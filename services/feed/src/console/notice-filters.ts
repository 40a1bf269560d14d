import { CATEGORIES, type Filters } from './filters.js';

/** Which notices are listed. It lives in the fragment of the URL, after `#/notices`. */
export interface NoticeFilters {
  readonly state: string;
  readonly platform: string;
  readonly category: Filters['category'];
}

/** What is asked for by sets of states; the others are states of a delivery, then a platform's words. */
export const NOTICE_SETS = ['open', 'attention', 'settled'] as const;
export const NOTICE_STATES = [
  ...['scheduled', 'sending', 'uncertain', 'asking', 'unsure', 'by-hand', 'delivered', 'failed'],
  ...['received', 'under_review', 'needs_info', 'disputed', 'actioned', 'rejected'],
];
export const NO_NOTICE_FILTERS: NoticeFilters = { state: 'open', platform: '', category: '' };

/** Reads a query string; what it does not know it leaves out. */
export function noticeFiltersFrom(search: string): NoticeFilters {
  const given = new URLSearchParams(search);
  const platform = given.get('platform') ?? '';
  return {
    state: [...NOTICE_SETS, ...NOTICE_STATES].find((state) => state === given.get('state')) ?? 'open',
    platform: /^[a-z0-9][a-z0-9.-]{0,62}$/.test(platform) ? platform : '',
    category: CATEGORIES.find((category) => category === given.get('category')) ?? '',
  };
}

/** @returns a query string without its question mark, empty when nothing is filtered */
export function noticeQuery(filters: NoticeFilters): string {
  const given = Object.entries(filters).filter(([, value]) => value !== '' && value !== 'open');
  return new URLSearchParams(given).toString();
}

export function noticesHash(filters: NoticeFilters): string {
  const query = noticeQuery(filters);
  return query === '' ? '#/notices' : `#/notices?${query}`;
}
