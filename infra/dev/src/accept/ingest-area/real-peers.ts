import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { postCodec, topicsOf } from '@siaga/contracts';
import { createLogger } from '@siaga/runtime';
import { followTopics } from '@siaga/stream';
import type { CheckResult } from '../check.js';
import { startRunningFleet } from '../running-fleet.js';
import type { Workspace } from '../workspace.js';
import { startMastodonPeer, type MastodonPeer } from './mastodon-peer.js';

const POSTS_A_ROUND = 20;
const PATIENCE_MS = 180_000;

/** What goes wrong between the rounds; fewer in a row than make the fleet leave a host alone. */
const TROUBLES: readonly ((server: MastodonPeer) => Promise<void>)[] = [
  (server) => server.fault({ type: 'status', status: 503 }, 2),
  (server) => server.fault({ type: 'ratelimit', headers: { 'Retry-After': '2' } }, 1),
  (server) => server.fault({ type: 'malformed' }, 1),
  (server) => server.fault({ type: 'latency', delay_ms: 3_000 }, 2),
  (server) => server.fault({ type: 'timeout' }, 1),
  (server) => server.restart(),
];

/**
 * Mastodon servers by other hands: one that streams and is killed between rounds, one that does not stream and answers with faults;
 * and whatever MASTODON_URL and JETSTREAM_URL name, which are only read.
 */
export async function realPeers(workspace: Workspace): Promise<CheckResult[]> {
  const streaming = await startMastodonPeer(workspace, 'mastodon-streaming', { streams: true });
  const polled = await startMastodonPeer(workspace, 'mastodon-polled', { streams: false });
  const outside = Object.entries({
    mastodon: workspace.env.MASTODON_URL,
    jetstream: workspace.env.JETSTREAM_URL,
  }).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const registry = path.join(workspace.logFolder, 'peers.json');
  const sources = [
    { name: 'streaming', kind: 'mastodon', url: streaming.url },
    { name: 'polled', kind: 'mastodon', url: polled.url, pollSeconds: 1 },
    ...outside.map(([kind, url]) => ({ name: `outside-${kind}`, kind, url })),
  ];
  writeFileSync(registry, JSON.stringify({ sources }));
  const env = { ...workspace.env, SIAGA_ALLOW_PRIVATE_ADDRESSES: 'true' };
  const fleet = await startRunningFleet({ ...workspace, env }, ['--sources', registry]);
  const posts = await postsOnTopic(fleet.brokers);
  try {
    const results = [
      await rounds('a server that streams, killed between rounds', streaming, posts.of('streaming'), [
        ...TROUBLES.map(() => (server: MastodonPeer) => server.restart()),
      ]),
      await rounds('a server that is polled, with 503, 429, half pages, delays, silence', polled, posts.of('polled'), [
        ...TROUBLES,
      ]),
    ];
    for (const [kind, url] of outside) {
      const came = posts.of(`outside-${kind}`);
      await until(() => came.size > 0);
      const figure = `${came.size} posts`;
      results.push({ what: `${kind} ${url}`, figure, bar: 'posts come', pass: came.size > 0 });
    }
    return results;
  } finally {
    await posts.close();
    await fleet.stop();
    await Promise.all([streaming.stop(), polled.stop()]);
  }
}

/** Text by id, of what a source brought; a removal has none. Ids that came more than once are counted. */
type Came = ReadonlyMap<string, { readonly text: string; readonly times: number }>;

async function rounds(
  what: string,
  server: MastodonPeer,
  came: Came,
  troubles: readonly ((server: MastodonPeer) => Promise<void>)[],
): Promise<CheckResult> {
  const wanted = new Map<string, string>();
  const nativeIds = () => new Map([...came].map(([id, post]) => [id.slice(id.indexOf(':') + 1), post]));
  const missing = () => {
    const found = nativeIds();
    return [...wanted].filter(([id, text]) => found.get(id)?.text !== text);
  };
  const write = async (text: string) => wanted.set(await server.post(text), text);
  await write('pembuka');
  await until(() => missing().length === 0);
  for (const [round, trouble] of troubles.entries()) {
    for (let n = 0; n < POSTS_A_ROUND / 2; n++) await write(`kabar ${round} ${n}`);
    await trouble(server);
    for (let n = POSTS_A_ROUND / 2; n < POSTS_A_ROUND; n++) await write(`kabar ${round} ${n}`);
  }
  await until(() => missing().length === 0);
  const lost = missing().length;
  const repeats = [...came.values()].reduce((sum, { times }) => sum + times - 1, 0);
  return {
    what: `${what}: ${wanted.size} posts`,
    figure: `${lost} lost, ${repeats} came again`,
    bar: '0 lost, none again',
    pass: lost === 0 && repeats === 0,
  };
}

async function postsOnTopic(brokers: string) {
  const bySource = new Map<string, Map<string, { text: string; times: number }>>();
  const of = (source: string) => {
    const known = bySource.get(source) ?? new Map<string, { text: string; times: number }>();
    bySource.set(source, known);
    return known;
  };
  const stream = { brokers, clientId: 'siaga-accept', log: createLogger('accept', 'silent') };
  const { close } = await followTopics({ ...stream, topics: [topicsOf().posts.name] }, (messages) => {
    for (const { value } of messages) {
      const decoded = postCodec.decode(value);
      if (!decoded.ok) continue;
      const { source, id, text } = decoded.value;
      of(source).set(id, { text, times: (of(source).get(id)?.times ?? 0) + 1 });
    }
  });
  return { of: (source: string): Came => of(source), close };
}

/** Gives up silently: what is missing by then is in the figures. */
async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!condition() && Date.now() < deadline) await wait(100);
}
