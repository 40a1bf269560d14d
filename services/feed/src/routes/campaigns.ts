import { campaignList, countRows, listCampaigns, type CampaignFilters, type Database } from '@siaga/storage';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { CampaignItem, campaignItem } from '../campaign-item.js';
import { Nullable } from '../fields.js';
import { REVALIDATED, withETags } from '../list/etags.js';
import { answerOf, listQuery, pageOf, windowOf } from '../list/parameters.js';
import { Count, Total } from '../list/total.js';

const CampaignQuery = Type.Object(
  {
    ...listQuery(['category', 'platform', 'language', 'state', 'minSize', 'minScore', 'from', 'to', 'q'], {
      ...{ sorts: ['lastSeenAt', 'size', 'topScore'], defaultSort: '-lastSeenAt' },
    }).properties,
    count: Count,
  },
  { additionalProperties: false },
);
const CampaignPage = Type.Object({
  items: Type.Array(CampaignItem),
  next: Nullable(Type.String()),
  total: Total,
});
export type CampaignPage = Static<typeof CampaignPage>;

/** Near-copies of one text, as one row each. What was merged into another campaign is part of that one's. */
export async function campaignListRoutes(app: FastifyInstance, { db }: { db: Database }): Promise<void> {
  await withETags(app, (lists) =>
    lists.get(
      '/v1/campaigns',
      {
        config: { permission: 'read' },
        schema: {
          ...{ operationId: 'listCampaigns', tags: ['flags'], summary: 'Campaigns, a page at a time' },
          ...{ querystring: CampaignQuery, response: { 200: CampaignPage } },
        },
      },
      async ({ query, visitor }, reply) => {
        const wanted = filtersOf(query);
        const [campaigns, total] = await Promise.all([
          listCampaigns(db, wanted, pageOf(query, campaignList)),
          query.count ? countRows(db, campaignList, wanted) : undefined,
        ]);
        reply.header('cache-control', REVALIDATED);
        return {
          ...answerOf(campaigns, query, (campaign) => campaignItem(campaign, visitor.account?.name)),
          ...(total && { total }),
        };
      },
    ),
  );
}

function filtersOf(query: Static<typeof CampaignQuery>): CampaignFilters {
  const { category, platform, language, state, minSize, minScore, from, to, q } = query;
  const text = q?.trim();
  const filters = { category, platform, language, state, minSize, minScore };
  return { ...filters, ...windowOf({ from, to }), ...(text && { q: text }) };
}
