/**
 * The life of a post, from the file it came in to the platform's answer, on real parts. Read it from top to bottom:
 * each step says what happens, and checks that it does.
 */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { flagCodec, postCodec, verdictCodec } from '@siaga/contracts';
import { freePort, until, useDatabase, useKafka, useServices } from '@siaga/testkit';
import { Webhook } from 'standardwebhooks';

const kafka = useKafka();
const database = useDatabase();
const services = useServices();

const secret = (words: string) => `whsec_${Buffer.from(words.padEnd(32, '.')).toString('base64')}`;
const secrets = { 'author-key': 'kunci', 'to-forum': secret('kita ke forum'), 'from-forum': secret('forum ke kita') };

/** A forum's trust and safety desk: it verifies notices with the reference library, and keeps them. */
const notices: Record<string, unknown>[] = [];
const forum = createServer(async (request, response) => {
  const body = await textOf(request);
  notices.push(new Webhook(secrets['to-forum']).verify(body, request.headers as Record<string, string>) as never);
  response.writeHead(204).end();
});

let folder: string;
let notifyUrl: string;
let feedUrl: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-tutorial-'));
  await new Promise<void>((resolve) => forum.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  forum.closeAllConnections();
  forum.close();
});

const file = (name: string) => path.join(folder, name);
const write = (name: string, content: unknown) =>
  writeFile(file(name), typeof content === 'string' ? content : JSON.stringify(content));

describe('the life of a post', () => {
  it('begins in a source, of which one line is one post', async () => {
    const posts = [
      {
        id: '1',
        text: 'Dasar goblok, muka kayak babi, nggak pantas hidup, mati aja lu anjing',
        author: 'sari',
        url: 'http://forum.invalid/1',
      },
      {
        id: '2',
        text: 'Selamat pagi, jangan lupa sarapan sebelum berangkat sekolah ya',
        author: 'budi',
        url: 'http://forum.invalid/2',
      },
    ];
    await write('posts.ndjson', posts.map((post) => JSON.stringify(post)).join('\n'));
    await write(
      'sources.yaml',
      `sources: [{ name: tutorial, kind: file, platform: forum, path: "${file('posts.ndjson')}" }]`,
    );
    await write('secrets.json', secrets);
    await services.start('ingest', {
      ...common(),
      SIAGA_SOURCES_FILE: file('sources.yaml'),
      SIAGA_SECRETS_FILE: file('secrets.json'),
    });

    const [first] = await decoded(kafka.topics.posts.name, postCodec, 2);
    expect(first).toMatchObject({ id: 'forum:1', platform: 'forum', visibility: 'public' });
    // The handle stays behind: what travels is a pseudonym.
    expect(first?.author).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is scored together with its neighbours, and flagged when a score reaches a threshold', async () => {
    await services.start('classify', common());

    const verdicts = await decoded(kafka.topics.verdicts.name, verdictCodec, 2);
    expect(new Set(verdicts.map(({ id }) => id))).toEqual(new Set(['forum:1', 'forum:2']));
    const [flag] = await decoded(kafka.topics.flags.name, flagCodec, 1);
    expect(flag?.post.id).toBe('forum:1');
    expect(flag?.score).toBeGreaterThanOrEqual(flag?.escalateThreshold ?? 1);
    // Why: the tokens that weighed most.
    expect(flag?.reasons.length).toBeGreaterThan(0);
  });

  it('becomes a campaign and a signed notice, as the policy says', async () => {
    const port = await freePort();
    notifyUrl = `http://127.0.0.1:${port}`;
    await write(
      'policy.yaml',
      `
version: 1
notifier: { name: Posko Siaga, email: posko@siaga.invalid }
settleSeconds: 0
urgencies: { normal: { hours: 24 } }
categories:
  hoax: { automatic: false, urgency: normal }
  hate: { automatic: true, urgency: normal }
  bullying: { automatic: true, urgency: normal }
platforms:
  forum:
    name: Forum
    accepts: [hate, bullying]
    answerSecret: from-forum
    channel: { kind: webhook, secret: to-forum, url: "http://127.0.0.1:${(forum.address() as AddressInfo).port}/notices" }
`,
    );
    await services.start('notify', {
      ...common(),
      SIAGA_POLICY_FILE: file('policy.yaml'),
      SIAGA_SECRETS_FILE: file('secrets.json'),
      SIAGA_NOTIFY_PORT: String(port),
      SIAGA_PUBLIC_URL: notifyUrl,
      SIAGA_ALLOW_PRIVATE_ADDRESSES: 'true',
    });

    const notice = await until('the forum has a notice', () => notices[0]);
    expect(notice).toMatchObject({ revision: 1, urls: ['http://forum.invalid/1'], automated_detection: true });
  });

  it('is answered by the platform, in its own name', async () => {
    const body = JSON.stringify({ state: 'actioned', reference: 'FORUM-7' });
    const at = new Date();
    const answer = await fetch(String(notices[0]?.answer_url), {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'webhook-id': 'forum-answer-1',
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secrets['from-forum']).sign('forum-answer-1', at, body),
      },
    });
    expect(await answer.json()).toMatchObject({ state: 'actioned', recorded: true });
  });

  it('is in the analysts’ feed, with all that became of it; and nothing was sent twice', async () => {
    const port = await freePort();
    feedUrl = `http://127.0.0.1:${port}`;
    // On the loopback address whoever is on the machine may read; else one signs in or brings a token.
    await services.start('feed', { ...common(), SIAGA_FEED_PORT: String(port), SIAGA_FEED_ANONYMOUS: 'viewer' });

    const { items } = (await (await fetch(`${feedUrl}/v1/flags?platform=forum`)).json()) as {
      items: { post: { id: string }; notice: { state: string; answerState: string } | null }[];
    };
    expect(new Set(items.map(({ post }) => post.id))).toEqual(new Set(['forum:1']));
    expect(items.flatMap(({ notice }) => (notice ? [notice] : []))).toEqual([
      expect.objectContaining({ state: 'delivered', answerState: 'actioned' }),
    ]);
    expect(notices).toHaveLength(1);
  });
});

function common() {
  return {
    SIAGA_KAFKA_BROKERS: kafka.brokers,
    SIAGA_TOPIC_PREFIX: kafka.prefix,
    SIAGA_DATABASE_URL: database.url,
  };
}

/** Waits for at least `count` events of a topic, and reads them. */
async function decoded<T>(
  topic: string,
  codec: { decode: (value: Buffer | null) => { ok: true; value: T } | { ok: false; detail: string } },
  count: number,
): Promise<T[]> {
  const messages = await until(`${count} events on ${topic}`, () => {
    const read = kafka.messages(topic);
    return read.length >= count ? read : undefined;
  });
  return messages.map(({ value }) => {
    const event = codec.decode(value);
    if (!event.ok) throw new Error(event.detail);
    return event.value;
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
