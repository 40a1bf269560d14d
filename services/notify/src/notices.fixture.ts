import type { Flag } from '@siaga/contracts';
import { createLogger, outboundClient, type OutboundClient } from '@siaga/runtime';
import { type Receiver, startReceiver, type TestDatabase } from '@siaga/testkit';
import { Registry } from 'prom-client';
import type { Channel } from './channels/channel.js';
import { webhookChannel } from './channels/webhook.js';
import { deliverOne, type DispatcherOptions } from './dispatcher.js';
import { notifyMetrics } from './metrics.js';
import type { Policy } from './policy.js';
import { aPolicy } from './policy.fixture.js';
import { recordFlags } from './record-flags.js';

export interface Notices {
  readonly receiver: Receiver;
  options: DispatcherOptions;
  /** What the platforms' notices go by from now on. */
  obey(policy: Policy): void;
  readonly policy: () => Policy;
  record(flags: readonly Flag[]): ReturnType<typeof recordFlags>;
  deliverAll(): Promise<void>;
  /** Retries and revisions wait; the tests do not. */
  hurry(): Promise<void>;
  /** Records copies, and delivers what comes of them at once. */
  send(flags: readonly Flag[]): Promise<void>;
  /** Tries again what waits to be. */
  again(): Promise<void>;
  /** Of the deliveries, by their revision. */
  states(): Promise<string[]>;
  close(): Promise<void>;
}

export const log = createLogger('test', 'silent');

export const channelTo = ({ url, secret }: Receiver, client: OutboundClient): Channel =>
  webhookChannel(
    { kind: 'webhook', url, inquiryUrl: `${url}/{id}`, secret: 'out' },
    { secrets: { get: () => secret }, client, log },
  );

/** An empty database, a platform `demo` that receives, and what lies between. */
export async function startNotices({ db }: TestDatabase): Promise<Notices> {
  await db.query('truncate campaigns, removed_posts, closed_channels cascade');
  await db.query('alter table evidence disable trigger append_only');
  await db.query('truncate evidence');
  await db.query('alter table evidence enable trigger append_only');
  const receiver = await startReceiver();
  const { url } = receiver;
  const client = outboundClient({
    ...{ allowPrivateAddresses: true, userAgent: 'test', timeoutMs: 10_000, maxBodyBytes: 10_000 },
  });
  const channel = channelTo(receiver, client);
  let policy = aPolicy(url);
  const notices: Notices = {
    receiver,
    options: {
      db,
      policy: () => policy,
      publicUrl: 'http://siaga.invalid',
      channelOf: (platform) => (Object.hasOwn(policy.platforms, platform) ? channel : undefined),
      metrics: notifyMetrics(new Registry()),
      log,
    },
    record: (flags) => db.transaction((tx) => recordFlags(tx, flags, policy)),
    obey: (next) => void (policy = next),
    policy: () => policy,
    async deliverAll() {
      while (await deliverOne(notices.options));
    },
    hurry: async () => void (await db.query('update deliveries set next_attempt_at = now(), claimed_until = null')),
    async send(flags) {
      await notices.record(flags);
      await notices.deliverAll();
    },
    async again() {
      await notices.hurry();
      await notices.deliverAll();
    },
    async states() {
      const rows = await db.query<{ state: string }>('select state from deliveries order by revision');
      return rows.map(({ state }) => state);
    },
    async close() {
      await client.close();
      await receiver.close();
    },
  };
  return notices;
}
