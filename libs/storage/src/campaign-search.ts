import { campaignList, campaignsOf, type CampaignFilters, type ListedCampaign } from './campaign-list.js';
import type { Database, Queryable } from './database.js';
import { termConditions } from './flag-terms.js';
import {
  bindings,
  cutPage,
  estimateRows,
  orderSql,
  whereOf,
  type Bind,
  type ListPage,
  type Page,
  type Place,
  type Position,
} from './list-query.js';
import { and, planForAll, planForFirst, readOn, type Found } from './read-on.js';

/** Rows that are read in order before anything else: most questions are answered by them. */
const FIRST_ROWS = 128;
const NEXT_ROWS = 256;
const MOST_ROWS = 16_384;
/** Where more campaigns, or flags of theirs, than that are met, reading in order finds a page sooner than collecting them. */
const COLLECTED = 2_000;
/** Of the first rows: when more of them are met, another page is near. */
const FEW = 2;
/** A search that has not found its page until then gives what it has found, and where it goes on. */
const BUDGET_MS = 50;

const CAMPAIGNS = { ...campaignList, table: 'campaigns' };

interface Search {
  readonly filters: CampaignFilters;
  readonly page: Page;
}

/**
 * A page of campaigns in the order asked for, without those that were merged. As of flags, the work is bounded: a page may be
 * short, or even empty, and have a next one.
 *
 * @param budgetMs how long to look further than the first rows
 */
export async function listCampaigns(
  db: Database,
  filters: CampaignFilters,
  page: Page,
  budgetMs = BUDGET_MS,
): Promise<ListPage<ListedCampaign>> {
  const until = performance.now() + budgetMs;
  const search = { filters, page };
  const first = await readCampaignsOn(db, search, page.after, Math.max(FIRST_ROWS, page.limit + 1));
  const found =
    first.stoppedAt && first.rows.length <= page.limit
      ? await db.transaction((tx) => searchOn(tx, search, first, until))
      : first;
  const { rows: places, next } = cutPage(found.rows, page.limit);
  const ids = places.map(({ sortTie }) => sortTie);
  const campaigns = new Map((await campaignsOf(db, ids)).map((campaign) => [campaign.campaignId, campaign]));
  return { rows: ids.flatMap((id) => campaigns.get(id) ?? []), next: next ?? found.stoppedAt };
}

async function searchOn(tx: Queryable, search: Search, first: Found, until: number): Promise<Found> {
  const { page } = search;
  let [rows, stoppedAt] = [first.rows, first.stoppedAt];
  if (first.rows.length <= FEW) {
    const collected = await collect(tx, search, stoppedAt as Position, page.limit + 1 - rows.length);
    if (collected) return { rows: [...rows, ...collected], stoppedAt: null };
  }
  for (let count = NEXT_ROWS; stoppedAt && rows.length <= page.limit;) {
    const startedAt = performance.now();
    const found = await readCampaignsOn(tx, search, stoppedAt, count);
    [rows, stoppedAt] = [[...rows, ...found.rows], found.stoppedAt];
    const left = until - performance.now();
    if (left < 0) break;
    const affordable = Math.ceil((left * count) / (performance.now() - startedAt));
    count = Math.min(MOST_ROWS, count * 2, Math.max(FIRST_ROWS, affordable));
  }
  return { rows, stoppedAt };
}

const readCampaignsOn = (
  db: Queryable,
  { filters, page }: Search,
  from: Position | undefined,
  count: number,
): Promise<Found> =>
  readOn(db, CAMPAIGNS, {
    ...{ page, from, count },
    bounds: (bind) => [...LISTED, ...whereOf(campaignList, boundsOf(filters, page), bind)],
    met: (bind) => whereOf(campaignList, filters, bind),
  });

/** What nothing has left and nobody has merged: nulls, which an index has first, are passed over with it. */
const LISTED = ['size > 0', 'lives_in is null', 'last_seen_at is not null', 'top_score is not null'];

/** Filters that are about the order itself, or that an index in that order knows: nothing outside of them is read. */
function boundsOf({ from, state, minSize, minScore }: CampaignFilters, { sort }: Page): CampaignFilters {
  if (sort === 'size') return { minSize };
  if (sort === 'topScore') return { minScore };
  return { from, ...(state?.length === 1 && state[0] === 'open' && { state }) };
}

/**
 * Finds all campaigns that are met, by what an index knows of them or of their members.
 *
 * @returns undefined when it knows of too many
 */
async function collect(tx: Queryable, search: Search, from: Position, wanted: number): Promise<Place[] | undefined> {
  const { page, filters } = search;
  const { q, language, platform, ...own } = filters;
  const ofMembers = { q, language, platform };
  const isOfMembers = Object.values(ofMembers).some((filter) => filter !== undefined);
  const ids = isOfMembers ? await campaignsWith(tx, ofMembers) : undefined;
  const { values, bind } = bindings();
  const known = [
    ...whereOf(campaignList, own, bind),
    ...(ids ? [`campaign_id = any(${bind(ids)}::uuid[])`] : []),
    ...LISTED,
  ];
  const candidates = `from campaigns where ${and(known)}`;
  if (!ids && (await estimateRows(tx, candidates, values.slice())) > COLLECTED) return undefined;
  const order = orderSql(campaignList, page, bind);
  const met = [...whereOf(campaignList, ofMembers, bind), order.after(from)];
  return tx.query<Place>(
    `with candidates as materialized (select * ${candidates})
     select ${order.place} from candidates campaigns where ${and(met)} ${order.orderBy} limit ${bind(wanted)}`,
    values,
  );
}

/** @returns all campaigns with such a flag, and others; undefined where there may be too many such flags */
async function campaignsWith(tx: Queryable, filters: CampaignFilters): Promise<string[] | undefined> {
  const { values, bind } = bindings();
  const flags = `from flags where campaign_id is not null and ${and(knownOfFlags(filters, bind))}`;
  if ((await estimateRows(tx, flags, values.slice())) > 4 * COLLECTED) return undefined;
  await planForAll(tx);
  const members = await tx.query<{ campaignId: string }>(
    `select campaign_id as "campaignId" ${flags} limit ${bind(COLLECTED)}`,
    values,
  );
  await planForFirst(tx);
  return members.length === COLLECTED ? undefined : [...new Set(members.map(({ campaignId }) => campaignId))];
}

/** What a flag must have that brings its campaign through the filters: one of them, for each may be met by another member. */
function knownOfFlags({ q, language, platform }: CampaignFilters, bind: Bind): string[] {
  if (q !== undefined) return termConditions({ q }, bind);
  return termConditions(language ? { language } : { platform }, bind);
}
