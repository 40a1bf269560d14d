import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { TransientError, type Logger } from '@siaga/runtime';
import {
  appendEvidence,
  claimDelivery,
  closeChannel,
  findNotice,
  freezePayload,
  markDelivered,
  markFailed,
  markForRetry,
  noticeItems,
  type Database,
  type DeliveryRow,
  type EvidenceKind,
  type NoticeItem,
  type NoticeRow,
  type Queryable,
} from '@siaga/storage';
import type { Channel, SendResult } from './channels/channel.js';
import { channelsInPolicy } from './channels/routes.js';
import type { NotifyMetrics } from './metrics.js';
import { buildNotice } from './notice.js';
import type { Policy } from './policy.js';

export interface DispatcherOptions {
  readonly db: Database;
  readonly policy: () => Policy;
  readonly publicUrl: string;
  /** By the platform's id and the name of the channel that the delivery carries. */
  readonly channelOf: (platform: string, channel: string) => Channel | undefined;
  readonly metrics: NotifyMetrics;
  readonly log: Logger;
  /** How many deliveries are under way at once. */
  readonly concurrency?: number;
}

/** Longer than any attempt may take: when it has run out, the holder is dead. */
const LEASE_MS = 20_000;
const IDLE_PAUSE_MS = 200;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 300_000;

interface Claimed {
  readonly delivery: DeliveryRow & { readonly payload: string };
  readonly notice: NoticeRow;
}

/**
 * Delivers what is due until told to stop. Any number of processes may dispatch from one database.
 *
 * @param onCrash called with an error that is nobody's to retry
 * @returns how to stop, after the deliveries under way
 */
export function startDispatcher(options: DispatcherOptions, onCrash: (error: unknown) => void) {
  const { log, concurrency = 4 } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const work = async () => {
    while (!signal.aborted) {
      try {
        if (await deliverOne(options)) continue;
      } catch (err) {
        if (!(err instanceof TransientError)) throw err;
        log.warn({ err }, 'deliveries wait for the database');
      }
      await wait(IDLE_PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  };
  const workers = Promise.all(Array.from({ length: concurrency }, work));
  workers.catch(onCrash);
  return {
    async close() {
      stopping.abort();
      await workers.catch(() => undefined);
    },
  };
}

/** @returns false when nothing was due */
export async function deliverOne(options: DispatcherOptions): Promise<boolean> {
  const { db, metrics, log } = options;
  const claimed = await db.transaction((tx) => claim(tx, options));
  if (claimed === undefined) return false;
  if (claimed === 'nothing-to-send') return true;
  const { delivery, notice } = claimed;
  const { platform } = notice;
  const policy = options.policy();
  const stopTimer = metrics.deliverySeconds.startTimer({ platform });
  const result = await attempt(claimed, options);
  stopTimer();
  metrics.attempts.inc({ platform, result: result.kind });
  const { deliveryId, noticeId, revision, attempts } = delivery;
  log.debug({ deliveryId, noticeId, revision, platform, attempts, result: result.kind }, 'delivery attempted');
  await db.transaction(async (tx) => {
    await record(tx, delivery, result);
    if (result.kind === 'closed') await close(tx, claimed, policy, result.error);
  });
  return true;
}

async function claim(tx: Queryable, options: DispatcherOptions): Promise<Claimed | 'nothing-to-send' | undefined> {
  const delivery = await claimDelivery(tx, LEASE_MS);
  if (!delivery) return undefined;
  const notice = (await findNotice(tx, delivery.noticeId)) as NoticeRow;
  if (delivery.payload !== null) return { delivery: { ...delivery, payload: delivery.payload }, notice };
  const { publicUrl } = options;
  const policy = options.policy();
  const platform = Object.hasOwn(policy.platforms, notice.platform) ? policy.platforms[notice.platform] : undefined;
  const items = await noticeItems(tx, notice);
  if (!platform || !isNotEmpty(items)) {
    await markFailed(
      tx,
      delivery.deliveryId,
      platform ? 'no post left to report' : 'the policy no longer has the platform',
    );
    return 'nothing-to-send';
  }
  const payload = JSON.stringify(buildNotice(notice, delivery.revision, items, { policy, platform, publicUrl }));
  await freezePayload(tx, delivery.deliveryId, payload);
  return { delivery: { ...delivery, payload }, notice };
}

const isNotEmpty = (items: readonly NoticeItem[]): items is [NoticeItem, ...NoticeItem[]] => items.length > 0;

/** A parcel that may have arrived already is asked after first: never a silent second send. */
async function attempt({ delivery, notice }: Claimed, { channelOf }: DispatcherOptions) {
  const channel = channelOf(notice.platform, delivery.channel);
  if (!channel) return { kind: 'failed', error: 'the policy no longer has the platform' } as const;
  if (delivery.uncertain) {
    const answer = await channel.ask(delivery);
    if (answer === 'has') return { kind: 'known' } as const;
  }
  return channel.send(delivery);
}

type Result = SendResult | { readonly kind: 'known' };

async function record(tx: Queryable, delivery: Claimed['delivery'], result: Result): Promise<void> {
  await mark(tx, delivery, result);
  const event = EVIDENCE_OF[result.kind];
  if (event === undefined) return;
  const { deliveryId, noticeId, revision, channel, kind, attempts, payload } = delivery;
  const payloadSha256 = createHash('sha256').update(payload).digest('hex');
  await appendEvidence(tx, [
    { event, subject: noticeId, body: { deliveryId, revision, channel, kind, attempts, payloadSha256 } },
  ]);
}

/** A retry has changed nothing outside. */
const EVIDENCE_OF: Partial<Record<Result['kind'], EvidenceKind>> = {
  delivered: 'delivery-made',
  known: 'delivery-made',
  uncertain: 'delivery-uncertain',
  failed: 'delivery-failed',
};

/** @param policy by which it was sent */
async function close(tx: Queryable, { delivery, notice }: Claimed, policy: Policy, why: string): Promise<void> {
  const way = channelsInPolicy(policy).find(
    ({ platform, channel }) => platform === notice.platform && channel === delivery.channel,
  );
  if (way) await closeChannel(tx, way, why);
}

async function mark(tx: Queryable, delivery: DeliveryRow, result: Result): Promise<void> {
  const { deliveryId, attempts } = delivery;
  switch (result.kind) {
    case 'delivered':
    case 'known':
      return markDelivered(tx, deliveryId);
    case 'failed':
      return markFailed(tx, deliveryId, result.error);
    case 'retry':
      return markForRetry(tx, deliveryId, {
        state: waitingState(delivery),
        afterMs: result.afterMs ?? backoffMs(attempts),
        error: result.error,
      });
    case 'closed':
      return markForRetry(tx, deliveryId, { state: waitingState(delivery), afterMs: 0, error: result.error });
    case 'uncertain':
      return markForRetry(tx, deliveryId, { state: 'uncertain', afterMs: backoffMs(attempts), error: result.error });
  }
}

const waitingState = ({ uncertain }: DeliveryRow) => (uncertain ? 'uncertain' : 'scheduled');

/** Doubles from a second to five minutes, jittered so that a platform that comes back is not met by all at once. */
function backoffMs(attempts: number): number {
  const ceiling = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1));
  return ceiling / 2 + (Math.random() * ceiling) / 2;
}
