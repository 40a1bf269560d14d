import type { FlagItem } from '../flag-item.js';

export const CATEGORIES = ['hoax', 'hate', 'bullying'] as const;
/** Review states, and all of them: a desk begins with what is open. */
export const STATES = ['open', 'confirmed', 'dismissed', 'escalated', 'disputed', 'any'] as const;

/**
 * What the queue shows, in the words of the API's query language (docs/queries.md). It lives in the URL, so that a view
 * can be kept and passed on. Two things are the console's own: without `state` it is `open`, and `any` filters nothing.
 */
export interface Filters {
  readonly category: FlagItem['category'] | '';
  readonly platform: string;
  readonly state: (typeof STATES)[number];
  readonly q: string;
  /** The posts picked for the audit instead of alerts. */
  readonly audit: 'true' | '';
  readonly minScore: string;
  readonly language: string;
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

export const NO_FILTERS: Filters = {
  ...{ category: '', platform: '', state: 'open', q: '', audit: '' },
  ...{ minScore: '', language: '', label: '', from: '', to: '' },
};

const FORMS: Readonly<Record<'platform' | 'minScore' | 'language' | 'label' | 'from' | 'to', RegExp>> = {
  platform: /^[a-z0-9][a-z0-9.-]{0,62}$/,
  minScore: /^(0(\.\d{1,6})?|1)$/,
  language: /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/,
  label: /^[a-z][a-z0-9_-]{0,59}$/,
  from: /^\d{4}-\d\d-\d\dT[\d:.]{5,12}(Z|[+-]\d\d:\d\d)$/,
  to: /^\d{4}-\d\d-\d\dT[\d:.]{5,12}(Z|[+-]\d\d:\d\d)$/,
};
const FORMED = Object.keys(FORMS) as (keyof typeof FORMS)[];

/** Reads a query string; what it does not know it leaves out. */
export function filtersFrom(search: string): Filters {
  const given = new URLSearchParams(search);
  const formed = FORMED.map((name) => {
    const value = given.get(name) ?? '';
    return [name, FORMS[name].test(value) ? value : ''] as const;
  });
  return {
    ...NO_FILTERS,
    ...Object.fromEntries(formed),
    category: CATEGORIES.find((category) => category === given.get('category')) ?? '',
    state: STATES.find((state) => state === given.get('state')) ?? 'open',
    // PostgreSQL's text cannot hold U+0000.
    q: (given.get('q') ?? '').replaceAll('\u0000', '').slice(0, 200),
    audit: given.get('audit') === 'true' ? 'true' : '',
  };
}

/** @returns the page's query string with its question mark, or nothing when nothing is chosen */
export function searchOf(filters: Filters): string {
  return queryOf(Object.entries(filters).filter(([name, value]) => value !== NO_FILTERS[name as keyof Filters]));
}

/** @returns what the API is asked, as it understands it */
export function apiQueryOf({ state, ...filters }: Filters): URLSearchParams {
  const { audit } = filters;
  // Judged audits stay in sight: the figures above them are made of both.
  return new URLSearchParams(queryOf([...Object.entries(filters), ['state', state === 'any' || audit ? '' : state]]));
}

function queryOf(entries: readonly (readonly [string, string])[]): string {
  const given = new URLSearchParams(
    entries.filter(([, value]) => value.trim() !== '').map(([name, value]) => [name, value]),
  );
  return given.size > 0 ? `?${given}` : '';
}

/**
 * Whether a flag that has just come belongs to the list. What only the server can tell (words in all their forms, times,
 * sub-labels, what was decided) is `ask`.
 */
export function passes(item: FlagItem, filters: Filters): boolean | 'ask' {
  const { category, platform, state, q, audit, minScore, language, label, from, to } = filters;
  if ((item.audit !== null) !== (audit === 'true')) return false;
  if (category && item.category !== category) return false;
  if (platform && item.post.platform !== platform) return false;
  if (language && item.post.language !== language) return false;
  if (minScore && item.score < Number(minScore)) return false;
  if (q.trim() || label || from || to) return 'ask';
  return state === 'any' || audit === 'true' || item.review.state === state;
}
