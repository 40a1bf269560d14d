import type { Queryable } from './database.js';
import { appendEvidence } from './evidence.js';

/** A way to a platform as the policy has it. */
export interface ChannelInPolicy {
  readonly platform: string;
  /** The name that deliveries carry. */
  readonly channel: string;
  /** Changes with the policy's entry. */
  readonly entrySha256: string;
}

export interface ClosedChannel {
  readonly platform: string;
  readonly channel: string;
  readonly reason: string;
  readonly closedAt: Date;
}

const COLUMNS = 'platform, channel, reason, closed_at as "closedAt"';

/** From now on nothing is sent this way; what waits for it goes on waiting. */
export async function closeChannel(
  tx: Queryable,
  { platform, channel, entrySha256 }: ChannelInPolicy,
  reason: string,
): Promise<void> {
  const closed = await tx.query(
    `insert into closed_channels (platform, channel, entry_sha256, reason) values ($1, $2, $3, $4)
     on conflict do nothing returning 1`,
    [platform, channel, entrySha256, reason],
  );
  if (closed.length === 0) return;
  await appendEvidence(tx, [{ event: 'channel-closed', subject: platform, body: { channel, reason } }]);
}

/** @returns how many ways to the platform were opened again, which is none when all were open */
export async function reopenChannels(tx: Queryable, platform: string, by: string): Promise<number> {
  const opened = await tx.query<ClosedChannel>(`delete from closed_channels where platform = $1 returning ${COLUMNS}`, [
    platform,
  ]);
  await appendEvidence(tx, opened.map(opening(by)));
  return opened.length;
}

/** Opens the ways that the policy has changed since they were closed. */
export async function reopenChanged(tx: Queryable, inPolicy: readonly ChannelInPolicy[]): Promise<void> {
  const column = (name: keyof ChannelInPolicy) => inPolicy.map((way) => way[name]);
  const opened = await tx.query<ClosedChannel>(
    `delete from closed_channels where (platform, channel, entry_sha256) not in (
       select * from unnest($1::text[], $2::text[], $3::text[])
     ) returning ${COLUMNS}`,
    [column('platform'), column('channel'), column('entrySha256')],
  );
  await appendEvidence(tx, opened.map(opening('policy')));
}

const opening =
  (by: string) =>
  ({ platform, channel }: ClosedChannel) =>
    ({ event: 'channel-opened', subject: platform, body: { channel, by } }) as const;

export function closedChannels(db: Queryable): Promise<ClosedChannel[]> {
  return db.query<ClosedChannel>(`select ${COLUMNS} from closed_channels order by closed_at`);
}
