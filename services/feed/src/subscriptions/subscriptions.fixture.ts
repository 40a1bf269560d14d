import { createLogger, outboundClient, outboundConnector } from '@siaga/runtime';
import { mailerOf } from '@siaga/outgoing';
import type { TestDatabase } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { feedMetrics } from '../metrics.js';
import { subscriptionKeys } from './keys.js';
import { sendOne, type SendOptions } from './send-subscriptions.js';

export const SUBSCRIPTION_SECRET = 'kunci uji langganan';

/** What sends subscriptions of a test's database, with a mail server on this machine where one is given. */
export function sender({ db }: TestDatabase, mailPort?: number, login?: { user: string; password: string }) {
  const client = outboundClient({
    ...{ allowPrivateAddresses: true, userAgent: 'test', timeoutMs: 10_000, maxBodyBytes: 10_000 },
  });
  const from = 'ringkasan@siaga.test';
  const secrets = { get: (name: string) => (name === 'user' ? login?.user : login?.password) ?? '' };
  const connect = outboundConnector({ allowPrivateAddresses: true, timeoutMs: 5_000 });
  const entry = { host: '127.0.0.1', port: mailPort ?? 25, secure: false, requireTls: false, from };
  const mailer = mailerOf(
    { ...entry, ...(login && { login: { user: 'user', password: 'password' } }) },
    { secrets, connect },
  );
  const registry = new Registry();
  const options: SendOptions = {
    ...{ db, client, keys: subscriptionKeys(SUBSCRIPTION_SECRET), metrics: feedMetrics(registry) },
    log: createLogger('test', 'silent'),
    ...(mailPort === undefined ? {} : { post: { mailer, from, publicUrl: new URL('http://siaga.test') } }),
  };
  return {
    options,
    registry,
    /** Sends until there is nothing to send; what waits for a time is due at once. */
    async sendAll() {
      do await db.query('update subscriptions set due_at = now()');
      while (await sendOne(options));
    },
    /** What is due now, once. */
    async sendOnce() {
      await db.query('update subscriptions set due_at = now(), leased_until = null');
      return sendOne(options);
    },
    close: () => client.close(),
  };
}
