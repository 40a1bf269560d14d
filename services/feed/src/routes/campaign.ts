import { DECISION_ACTIONS } from '@siaga/contracts';
import { findCampaign, findCampaignDetail, type CampaignDetail, type Database } from '@siaga/storage';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { CampaignItem, campaignItem, Posts } from '../campaign-item.js';
import { Instant, Nullable, PathId } from '../fields.js';
import { FlagItem, NoticeItem } from '../flag-item.js';
import { RequestError } from '../problem.js';
import type { SchemaTypes } from '../schema-types.js';

const PastDecision = Type.Object({
  decisionId: Type.String(),
  seq: Type.Integer({ description: 'order of recording' }),
  flagId: Nullable(Type.String({ description: 'of a decision about one of its flags' })),
  campaignId: Nullable(Type.String({ description: 'of a decision about the campaign, or one merged into it' })),
  action: Type.Enum([...DECISION_ACTIONS]),
  standing: Type.Enum(['counts', 'held', 'contested'], {
    description: 'held: your own first of two words; contested: one of two that differ',
  }),
  reason: Nullable(Type.String({ description: "why, or a comment's text" })),
  assignee: Nullable(Type.String({ description: 'of assign: name of the account; null takes it from everybody' })),
  into: Nullable(Type.String({ description: 'of merge and split: the campaign that flags went to' })),
  undoes: Nullable(Type.String({ description: 'of undo: the decision that it takes back' })),
  undoneBy: Nullable(Type.String({ description: 'the decision that took it back' })),
  decidedBy: Type.String({ description: 'name of the account' }),
  decidedAt: Instant,
});

const CampaignAnswer = Type.Object({
  ...CampaignItem.properties,
  mergedInto: Nullable(
    Type.String({ description: 'the campaign that the one asked for was merged into, which this answer is about' }),
  ),
  claims: Type.Array(FlagItem.properties.claims.items, {
    description: 'fact-checks of what its members repeat, each once and the closest first; at most 100',
  }),
  notices: Type.Array(Type.Object({ platform: Type.String(), ...NoticeItem.properties }), {
    description: 'opened for it, or listing posts that have come to it since, by their deadlines; at most 100',
  }),
  timeline: Type.Array(Type.Object({ at: Instant, ...Posts }), {
    description: 'posts by the hour (UTC) of their recording, in the 30 days before lastSeenAt; none, no entry',
  }),
  history: Type.Array(PastDecision, {
    description:
      "decisions and comments about it, its flags and what was merged into it: the 200 newest, newest first. Of another's first of two words there is nothing before the second is given",
  }),
});
export type CampaignAnswer = Static<typeof CampaignAnswer>;

const CampaignParams = Type.Object({ campaignId: PathId('the campaign') });

/** One campaign: how far it went, what it repeats, who was told, and what people have decided about it. */
export async function campaignRoutes(app: FastifyInstance, { db }: { db: Database }): Promise<void> {
  const routes = app.withTypeProvider<SchemaTypes>();
  const one = {
    config: { permission: 'read' as const },
    schema: {
      ...{ operationId: 'getCampaign', tags: ['flags'], summary: 'A campaign with its timeline and its history' },
      ...{ params: CampaignParams, response: { 200: CampaignAnswer } },
    },
  };
  routes.get('/v1/campaigns/:campaignId', one, async ({ params: { campaignId }, visitor }, reply) => {
    const viewer = visitor.account?.name;
    const mergedInto = (await findCampaign(db, campaignId))?.livesIn ?? null;
    const campaign = await findCampaignDetail(db, mergedInto ?? campaignId, viewer);
    if (!campaign) throw new RequestError(404, `there is no campaign ${campaignId}`);
    reply.header('cache-control', 'no-store');
    return campaignAnswer(campaign, mergedInto, viewer);
  });
}

function campaignAnswer(
  campaign: CampaignDetail,
  mergedInto: string | null,
  viewer: string | undefined,
): CampaignAnswer {
  const { claims, notices, timeline, history } = campaign;
  return {
    ...{ ...campaignItem(campaign, viewer), mergedInto, claims: [...claims] },
    notices: notices.map((notice) => ({
      ...{ platform: notice.platform, noticeId: notice.noticeId, state: notice.deliveryState },
      ...{ answerState: notice.answerState, needsAttention: notice.needsAttention },
      dueAt: notice.dueAt.toISOString(),
      deliveredAt: notice.deliveredAt?.toISOString() ?? null,
    })),
    timeline: timeline.map(({ at, ...posts }) => ({ at: at.toISOString(), ...posts })),
    history: history.map(({ decidedAt, ...decision }) => ({ ...decision, decidedAt: decidedAt.toISOString() })),
  };
}
