import { DECISION_ACTIONS } from '@siaga/contracts';
import { findCampaign, findCampaignDetail, type CampaignDetail, type Database } from '@siaga/storage';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { CategoryName, Instant, Nullable, PathId } from '../fields.js';
import { FlagItem, flagItem, NoticeItem } from '../flag-item.js';
import { RequestError } from '../problem.js';
import { Review, reviewItem } from '../review.js';
import type { SchemaTypes } from '../schema-types.js';

const Posts = { platform: Type.String(), posts: Type.Integer() };
const ABSENT = 'null of a campaign that every flag has left';

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
  campaignId: Type.String(),
  mergedInto: Nullable(
    Type.String({ description: 'the campaign that the one asked for was merged into, which this answer is about' }),
  ),
  category: CategoryName,
  size: Type.Integer({ description: 'how many flags it has' }),
  open: Type.Integer({ description: 'how many of them nobody has decided about' }),
  firstSeenAt: Nullable(Type.String({ format: 'date-time', description: ABSENT })),
  lastSeenAt: Nullable(Type.String({ format: 'date-time', description: ABSENT })),
  topScore: Nullable(Type.Number({ description: ABSENT })),
  platforms: Type.Array(Type.Object(Posts), { description: 'the one with most posts first' }),
  sample: Nullable(Type.Object(FlagItem.properties, { description: 'its strongest member' })),
  review: Review,
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
  { sample, review, claims, platforms, ...campaign }: CampaignDetail,
  mergedInto: string | null,
  viewer: string | undefined,
): CampaignAnswer {
  return {
    ...{ ...campaign, mergedInto, claims: [...claims], platforms: [...platforms], review: reviewItem(review, viewer) },
    firstSeenAt: campaign.firstSeenAt?.toISOString() ?? null,
    lastSeenAt: campaign.lastSeenAt?.toISOString() ?? null,
    sample: sample && flagItem(sample, viewer),
    notices: campaign.notices.map((notice) => ({
      ...{ platform: notice.platform, noticeId: notice.noticeId, state: notice.deliveryState },
      ...{ answerState: notice.answerState, needsAttention: notice.needsAttention },
      dueAt: notice.dueAt.toISOString(),
      deliveredAt: notice.deliveredAt?.toISOString() ?? null,
    })),
    timeline: campaign.timeline.map(({ at, ...posts }) => ({ at: at.toISOString(), ...posts })),
    history: campaign.history.map(({ decidedAt, ...decision }) => ({
      ...decision,
      decidedAt: decidedAt.toISOString(),
    })),
  };
}
