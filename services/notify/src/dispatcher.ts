import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { TransientError, type Logger, type TraceStep, type Tracing } from '@siaga/runtime';
import {
  appendEvidence,
  claimDelivery,
  closeChannel,
  findNotice,
  freezePayload,
  noticeItems,
  settleDelivery,
  type Database,
  type DeliveryEvent,
  type DeliveryRow,
  type EvidenceKind,
  type NoticeItem,
  type NoticeRow,
  type Queryable,
} from '@siaga/storage';
import { callBook } from './channels/call-book.js';
import type { Channel, SendResult } from './channels/channel.js';
import { channelsInPolicy } from './channels/routes.js';
import type { NotifyMetrics } from './metrics.js';
import { buildNotice } from './notice.js';
import type { Policy } from './policy.js';
import { retryDelayMs } from './retry-schedule.js';

export interface DispatcherOptions {
  readonly db: Database;
  readonly policy: () => Policy;
  readonly publicUrl: string;
  /** By the platform's id and the name of the channel that the delivery carries. */
  readonly channelOf: (platform: string, channel: string) => Channel | undefined;
  readonly metrics: NotifyMetrics;
  readonly log: Logger;
  readonly tracing?: Tracing;
  /** How many deliveries are under way at once. */
  readonly concurrency?: number;
}

/** Longer than any attempt, or any call of one, may take: when it has run out, the holder is dead. */
const LEASE_MS = 20_000;
const IDLE_PAUSE_MS = 200;

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
  const traces = await tracesOf(claimed, options);
  const result = await attempt(claimed, options);
  stopTimer();
  traces.forEach((step) => step.end(result.kind));
  metrics.attempts.inc({ platform, result: result.kind });
  const { deliveryId, noticeId, revision, attempts } = delivery;
  log.debug({ deliveryId, noticeId, revision, platform, attempts, result: result.kind }, 'delivery attempted');
  const recorded = await db.transaction(async (tx) => {
    if (!(await record(tx, claimed, result))) return false;
    if (result.kind === 'closed') await close(tx, claimed, policy, result.error);
    return true;
  });
  if (recorded && MEANING[result.kind].event === 'acknowledged')
    metrics.deliveryFreshness.observe({ platform }, Math.max(0, Date.now() - delivery.createdAt.getTime()) / 1000);
  if (!recorded) log.warn({ deliveryId, attempts }, 'somebody else took the delivery before its attempt ended');
  return true;
}

/** A step in the trace of each of the notice's posts that is traced. */
async function tracesOf({ notice, delivery }: Claimed, { db, tracing }: DispatcherOptions): Promise<TraceStep[]> {
  if (!tracing?.on) return [];
  const about = { 'siaga.platform': notice.platform, 'siaga.revision': delivery.revision };
  const items = await noticeItems(db, notice);
  return items.flatMap(({ postId }) => tracing.resume(postId, 'deliver notice', about) ?? []);
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
    const error = platform ? 'no post left to report' : 'the policy no longer has the platform';
    await settleDelivery(tx, delivery, 'refused', { error });
    return 'nothing-to-send';
  }
  const payload = JSON.stringify(buildNotice(notice, delivery.revision, items, { policy, platform, publicUrl }));
  await freezePayload(tx, delivery.deliveryId, payload);
  return { delivery: { ...delivery, payload }, notice };
}

const isNotEmpty = (items: readonly NoticeItem[]): items is [NoticeItem, ...NoticeItem[]] => items.length > 0;

/** A parcel that may have arrived already is asked after first: never a silent second send. */
async function attempt({ delivery, notice }: Claimed, { db, channelOf }: DispatcherOptions): Promise<Result> {
  const channel = channelOf(notice.platform, delivery.channel);
  if (!channel) return { kind: 'failed', error: 'the policy no longer has the platform' };
  const parcel = { ...delivery, calls: callBook(db, delivery, LEASE_MS) };
  if (delivery.state === 'asking') {
    const answer = await channel.ask(parcel);
    if (answer === 'has') return { kind: 'known' };
    if (answer === 'later') return { kind: 'retry', error: 'may have arrived, and the platform cannot be asked now' };
    if (answer === 'unknown' && !channel.deduplicates) {
      return { kind: 'unsure', error: 'may have arrived, and the platform cannot be asked' };
    }
  }
  return channel.send(parcel);
}

type Result = SendResult | { readonly kind: 'known' } | { readonly kind: 'unsure'; readonly error: string };

/** What an attempt's end is to the delivery, and in the log; a retry has changed nothing outside. */
const MEANING: Record<Result['kind'], { readonly event: DeliveryEvent; readonly evidence?: EvidenceKind }> = {
  delivered: { event: 'acknowledged', evidence: 'delivery-made' },
  known: { event: 'acknowledged', evidence: 'delivery-made' },
  retry: { event: 'put-off' },
  closed: { event: 'put-off' },
  uncertain: { event: 'cut-off', evidence: 'delivery-uncertain' },
  failed: { event: 'refused', evidence: 'delivery-failed' },
  unsure: { event: 'untold', evidence: 'delivery-unsure' },
  'by-hand': { event: 'handed-over', evidence: 'delivery-by-hand' },
};

/** @param policy by which it was sent */
async function close(tx: Queryable, { delivery, notice }: Claimed, policy: Policy, why: string): Promise<void> {
  const way = channelsInPolicy(policy).find(
    ({ platform, channel }) => platform === notice.platform && channel === delivery.channel,
  );
  if (way) await closeChannel(tx, way, why);
}

/** @returns false when the lease had run out and somebody else has the delivery */
async function record(tx: Queryable, { delivery, notice }: Claimed, result: Result): Promise<boolean> {
  const { deliveryId, noticeId, revision, channel, kind, attempts, payload } = delivery;
  const { event, evidence } = MEANING[result.kind];
  const askedMs = result.kind === 'retry' ? result.afterMs : undefined;
  const settled = await settleDelivery(tx, delivery, event, {
    // What waits for a closed channel leaves as soon as it is open again.
    afterMs: result.kind === 'closed' ? 0 : retryDelayMs(attempts, notice.dueAt.getTime() - Date.now(), askedMs),
    error: 'error' in result ? result.error : undefined,
  });
  if (!settled || evidence === undefined) return settled;
  const payloadSha256 = createHash('sha256').update(payload).digest('hex');
  const body = { deliveryId, revision, channel, kind, attempts, payloadSha256 };
  await appendEvidence(tx, [{ event: evidence, subject: noticeId, body }]);
  return true;
}
