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

/** A notice that its platform has, as notify sends it. */
export async function aSentNotice(db: Database, wanted: Wanted & { explanation?: string }) {
  const made = await aNotice(db, wanted);
  const { noticeId, campaignId, flag } = made;
  const { url } = flag.post;
  const { explanation = 'Satu kiriman menyerang warga desa tetangga.', category = 'hate' } = wanted;
  await anAttempt(db, 'acknowledged', undefined, {
    ...{ notice_id: noticeId, revision: 1, supersedes: null, instrument: 'referral', category },
    legal_basis: ['UU ITE pasal 28 ayat (2)'],
    ...{ urgency: 'urgent', due_at: new Date().toISOString(), campaign_id: campaignId },
    ...{
      urls: [url],
      items: [{ url, score: 0.97, text_sha256: flag.post.id }],
      claims: [],
      explanation,
      language: 'id',
    },
    good_faith: 'Kami menyampaikan laporan ini dengan itikad baik.',
    notifier: { name: 'Posko Contoh', email: 'posko@contoh.invalid' },
    model: { name: 'siaga-text', version: '1', score: 0.97, threshold: 0.9 },
    ...{ automated_detection: true, human_reviewed: false },
  });
  return made;
}
