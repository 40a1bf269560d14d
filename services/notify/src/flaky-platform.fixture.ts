import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { newSecret, textOf } from '@siaga/testkit';

/** One copy of a notice that the platform has taken. */
export interface Take {
  readonly webhookId: string;
  readonly body: string;
}

export interface FlakyPlatform {
  readonly url: string;
  readonly secret: string;
  readonly answerSecret: string;
  /** By notice and revision, as in `<id> 2`. */
  readonly taken: ReadonlyMap<string, Take[]>;
  readonly rejected: ReadonlySet<string>;
  /** What came of a notice after the fleet had confirmed that it knows of its rejection. */
  readonly afterRejection: readonly string[];
  /** How many deliveries came, whatever became of them. */
  readonly attempts: number;
  /** Nobody listens for a while: connections are refused, those that stand are cut. */
  vanish(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Longer than the fleet waits for an answer. */
const SLOW_MS = 11_000;

/** Six of twenty deliveries fail; the numbers are answered before anything is taken. */
const FAULTS: Readonly<Record<number, 'cut' | 'cut after taking' | 'slow' | 429 | 503>> = {
  1: 503,
  4: 'cut after taking',
  8: 429,
  11: 'cut',
  14: 'slow',
  17: 503,
};
const CYCLE = 20;

/**
 * A platform whose every failure is on purpose. It counts what it takes.
 *
 * @param canBeAsked whether it says which deliveries it has; without that it takes every copy, as one that trusts to the webhook-id
 * @param rejects whether it rejects a new notice, given how many it has seen; the answer is given before the delivery's
 */
export async function startFlakyPlatform(options: {
  readonly canBeAsked: boolean;
  readonly rejects?: (seen: number) => boolean;
  readonly answer?: (noticeId: string, headers: Record<string, string>, body: string) => Promise<void>;
}): Promise<FlakyPlatform> {
  const { canBeAsked, rejects = () => false, answer } = options;
  const [secret, answerSecret] = [newSecret(), newSecret()];
  const [webhook, answers] = [new Webhook(secret), new Webhook(answerSecret)];
  const taken = new Map<string, Take[]>();
  const ids = new Set<string>();
  const notices = new Set<string>();
  const rejected = new Set<string>();
  const afterRejection: string[] = [];
  let attempts = 0;

  async function reject(noticeId: string): Promise<void> {
    const [id, at, body] = [`reject-${noticeId}`, new Date(), JSON.stringify({ state: 'rejected' })];
    const signed = { 'webhook-id': id, 'webhook-signature': answers.sign(id, at, body) };
    await answer?.(noticeId, { ...signed, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)) }, body);
    rejected.add(noticeId);
  }

  async function take(webhookId: string, body: string): Promise<void> {
    const { notice_id: noticeId, revision } = JSON.parse(body) as { notice_id: string; revision: number };
    const key = `${noticeId} ${revision}`;
    taken.set(key, [...(taken.get(key) ?? []), { webhookId, body }]);
    ids.add(webhookId);
    if (notices.has(noticeId)) return;
    notices.add(noticeId);
    if (rejects(notices.size)) await reject(noticeId);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') {
      const asked = decodeURIComponent((request.url ?? '').split('/').at(-1) ?? '');
      return void response.writeHead(canBeAsked ? (ids.has(asked) ? 200 : 404) : 501).end();
    }
    const body = await textOf(request);
    webhook.verify(body, request.headers as Record<string, string>);
    const { notice_id: noticeId } = JSON.parse(body) as { notice_id: string };
    if (rejected.has(noticeId)) afterRejection.push(body);
    const fault = FAULTS[++attempts % CYCLE];
    if (typeof fault === 'number') return void response.writeHead(fault, { 'retry-after': '1' }).end();
    if (fault === 'cut') return void request.socket.destroy();
    await take(String(request.headers['webhook-id']), body);
    if (fault === 'cut after taking') return void request.socket.destroy();
    if (fault === 'slow') await wait(SLOW_MS, undefined, { ref: false });
    response.writeHead(204).end();
  }

  // A request that is cut while it is read, or wrongly signed, is the fleet's to send again.
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}/notices`, secret, answerSecret, taken, rejected, afterRejection },
    get attempts() {
      return attempts;
    },
    async vanish(ms) {
      await stop();
      await wait(ms); // the fault itself
      await listen(port);
    },
    close: stop,
  };
}
