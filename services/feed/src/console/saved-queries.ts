import type { QueryItem } from '../saved/saved-query.js';
import type { Feed, QueryList } from '../routes/saved-queries.js';
import type { AddedSubscription, SubscriptionItem, SubscriptionList } from '../routes/subscriptions.js';
import { apiQueryOf, filtersFrom } from './filters.js';
import { HttpError, load, send } from './load.js';

const LISTS = ['category', 'platform', 'language', 'label', 'state'];

/** What the queue asks the API with these filters in its URL, in the form in which a query is saved. */
export function queryOfSearch(search: string): Record<string, unknown> {
  return Object.fromEntries([...apiQueryOf(filtersFrom(search))].map(([name, text]) => [name, savedAs(name, text)]));
}

function savedAs(name: string, text: string): unknown {
  if (name === 'audit') return text === 'true';
  if (name === 'minScore') return Number(text);
  return LISTS.includes(name) ? [text] : text.trim();
}

/** The parameters that say something, each with its values: defaults are left out. */
export function wordsOfQuery(query: object): string[] {
  return Object.entries(query)
    .filter(([name, value]) => !(name === 'audit' && value === false) && !(name === 'sort' && value === '-recordedAt'))
    .map(([name, value]) => `${name}: ${[value].flat().join(', ')}`);
}

/** What the server says is wrong, where it is the server that says so. */
export const detailOf = (error: unknown): string | undefined =>
  error instanceof HttpError ? error.problem.detail : undefined;

export const loadQueries = (signal: AbortSignal): Promise<QueryList> => load('/v1/queries', signal);
export const loadSubscriptions = (signal: AbortSignal): Promise<SubscriptionList> => load('/v1/subscriptions', signal);

export const saveQuery = (name: string, shared: boolean, query: object): Promise<QueryItem> =>
  send('/v1/queries', { name, shared, query });
export const makeFeed = (id: string): Promise<Feed> => send(`/v1/queries/${id}/feed`, {});
export const subscribe = (id: string, way: object): Promise<AddedSubscription> =>
  send(`/v1/queries/${id}/subscriptions`, way);
export const pauseSubscription = (id: string, active: boolean): Promise<SubscriptionItem> =>
  send(`/v1/subscriptions/${id}`, { active }, 'PATCH');
