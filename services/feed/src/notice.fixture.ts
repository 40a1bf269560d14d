import { randomUUID } from 'node:crypto';
import type { Category } from '@siaga/contracts';
import {
  claimDelivery,
  freezePayload,
  insertFlag,
  openNotice,
  recordAnswer,
  scheduleRevision,
  settleDelivery,
  type Database,
  type DeliveryEvent,
} from '@siaga/storage';
import { aFlag } from '@siaga/testkit';
import { openCampaign } from './running-feed.fixture.js';

const HOUR_MS = 3_600_000;

interface Wanted {
  readonly dueInHours: number;
  readonly platform?: string;
  readonly category?: Category;
}

/** A notice with one post and one delivery, which waits. */
export async function aNotice(db: Database, { dueInHours, platform = 'demo', category = 'hate' }: Wanted) {
  const [noticeId, deliveryId, campaignId] = [randomUUID(), randomUUID(), await openCampaign(db, category)];
  const dueAt = new Date(Date.now() + dueInHours * HOUR_MS);
  const flag = aFlag({ post: { platform } });
  await insertFlag(db, flag, { campaignId, reported: true });
  await openNotice(db, { noticeId, campaignId, platform, category, urgency: 'urgent', dueAt });
  await scheduleRevision(db, { deliveryId, noticeId, channel: 'webhook', settleMs: 0, revisionMs: 0 });
  return { noticeId, deliveryId, campaignId, flag };
}

/** What came of an attempt to send what waits and is most urgent, such as these words. */
export async function anAttempt(db: Database, event: DeliveryEvent, error?: string, words?: object) {
  const delivery = await db.transaction((tx) => claimDelivery(tx, HOUR_MS));
  if (!delivery) throw new Error('no delivery waits');
  if (words) await freezePayload(db, delivery.deliveryId, JSON.stringify(words));
  await settleDelivery(db, delivery, event, { error });
}

export const anAnswer = (db: Database, noticeId: string, state: string, reason?: string) =>
  recordAnswer(db, { answerId: randomUUID(), noticeId, state, ...(reason !== undefined && { reason }) });
