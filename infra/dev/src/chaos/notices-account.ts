import { createHash } from 'node:crypto';
import type { Database } from '@siaga/storage';
import type { NoticeEntry, PlatformEntry } from '../demo-platform/notice-file.js';

export interface NoticesAccount {
  /** Revisions that the platform has, and of how many notices. */
  readonly received: number;
  readonly notices: number;
  /** Sent again under the same id, under another id with the same posts, and a revision under two ids: all must be 0. */
  readonly repeated: number;
  /**
   * Sent again because the platform had said that it has none, while the first was still on its way to it: no sender can know.
   * The platform knows the second one by its id. One repeat is put down to a denial before the first came.
   */
  readonly repeatedAfterDenial: number;
  readonly sameUnderTwoIds: number;
  readonly revisionsTwice: number;
  /** What PostgreSQL says was delivered and the platform does not have, and the other way round. */
  readonly onlyHere: number;
  readonly onlyThere: number;
  /**
   * What the platform has rejected before it could be asked whether it has it: nobody asks any more, for nothing more would be
   * sent. Its answer tells as much.
   */
  readonly rejectedFirst: number;
  readonly failed: number;
  /** By address of a post: when the platform first heard of it. */
  readonly heardAt: ReadonlyMap<string, number>;
}

/** Compares the platform's own record with what PostgreSQL holds of deliveries. */
export async function accountForNotices(entries: readonly PlatformEntry[], db: Database): Promise<NoticesAccount> {
  const received = new Map<string, NoticeEntry>();
  const heardAt = new Map<string, number>();
  const denied = new Set<string>();
  let [repeated, repeatedAfterDenial] = [0, 0];
  const again = ({ webhookId }: NoticeEntry) => {
    if (denied.delete(webhookId)) repeatedAfterDenial++;
    else repeated++;
  };
  for (const entry of entries) {
    if (entry.event === 'denied' && !received.has(entry.webhookId)) denied.add(entry.webhookId);
    if (entry.event === 'repeated') again(entry);
    if (entry.event !== 'received') continue;
    if (received.has(entry.webhookId)) again(entry);
    received.set(entry.webhookId, entry);
    for (const url of entry.urls ?? []) if (!heardAt.has(url)) heardAt.set(url, entry.at);
  }
  const all = [...received.values()];
  const deliveries = await db.query<{ id: string; state: string; rejected: boolean }>(
    `select delivery_id as id, state, answer_state is not distinct from 'rejected' as rejected
       from deliveries join notices using (notice_id) where kind = 'notice'`,
  );
  const idsOf = (wanted: (delivery: (typeof deliveries)[number]) => boolean) =>
    new Set(deliveries.filter(wanted).map(({ id }) => id));
  const delivered = idsOf(({ state }) => state === 'delivered');
  const open = idsOf(({ state, rejected }) => rejected && state === 'uncertain');
  return {
    received: received.size,
    notices: new Set(all.map(({ noticeId }) => noticeId)).size,
    ...{ repeated, repeatedAfterDenial },
    sameUnderTwoIds: surplus(all.map(({ noticeId, urls }) => `${noticeId} ${digest(urls ?? [])}`)),
    revisionsTwice: surplus(all.map(({ noticeId, revision }) => `${noticeId} ${revision}`)),
    onlyHere: [...delivered].filter((id) => !received.has(id)).length,
    onlyThere: all.filter(({ webhookId }) => !delivered.has(webhookId) && !open.has(webhookId)).length,
    rejectedFirst: all.filter(({ webhookId }) => open.has(webhookId)).length,
    failed: idsOf(({ state }) => state === 'failed').size,
    heardAt,
  };
}

const surplus = (keys: readonly string[]): number => keys.length - new Set(keys).size;
const digest = (urls: readonly string[]): string => createHash('sha256').update(urls.join('\n')).digest('hex');
