import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CheckResult } from '../check.js';
import { startRunningFleet } from '../running-fleet.js';
import type { Workspace } from '../workspace.js';

const COPIES = 6;
const PATIENCE_MS = 180_000;
const POLL_MS = 500;
const POLL_SECONDS = 2;
const HOAX =
  'SEBARKAN! Air sumur di Desa Wadasari sudah dicampur racun oleh petugas sensus, 40 warga meninggal tapi ditutupi aparat. Viralkan sebelum dihapus!!!';
const DENIAL = `Hoaks! "${HOAX}" Tidak benar, sudah dibantah puskesmas. Jangan disebar.`;
const TITLE = '[SALAH] Petugas Sensus Mencampur Racun ke Air Sumur di Desa Wadasari, 40 Warga Meninggal';

interface Item {
  readonly campaignId: string;
  readonly campaignSize: number;
  readonly claims: readonly { readonly url: string }[];
  readonly debunkedAt: string | null;
  readonly reportedAs: string | null;
  readonly post: { readonly id: string };
}
interface Rumour {
  readonly state: string;
  readonly posts: number;
  readonly campaign: { readonly campaignId: string; readonly size: number } | null;
}
interface Notice {
  readonly noticeId: string;
  readonly category: string;
  readonly posts: number;
  readonly deliveredAt: string | null;
}

/** A fact-check that a feed publishes when the hoax has been around for a while, as an analyst and a platform see it. */
export async function debunked(workspace: Workspace): Promise<CheckResult[]> {
  const checker = await aFactChecker();
  const registry = path.join(workspace.logFolder, 'claims-sources.yaml');
  const posts = path.join(workspace.logFolder, 'claims-posts.ndjson');
  const post = (id: string, text: string) => ({ id, text, platform: 'demo', url: `http://demo.invalid/p/${id}` });
  const copies = Array.from({ length: COPIES }, (_, i) => post(`hoax-${i}`, `${HOAX} ${'!'.repeat(i % 3)}`));
  const lines = [...copies, post('denial', DENIAL)].map((one) => JSON.stringify(one));
  writeFileSync(posts, `${lines.join('\n')}\n`);
  writeFileSync(
    registry,
    `sources:\n  - {name: posts, kind: file, path: "${posts}", platform: demo}\n` +
      `  - {name: checker, kind: claims, url: "${checker.url}/feed", publisher: Meja Uji, pollSeconds: ${POLL_SECONDS}}\n`,
  );
  const env = { ...workspace.env, SIAGA_ALLOW_PRIVATE_ADDRESSES: 'true' };
  const fleet = await startRunningFleet({ ...workspace, env }, ['--sources', registry, '--workers', '1']);
  const ask = async <T>(query: string): Promise<readonly T[]> => {
    const answer = await fetch(`http://127.0.0.1:${fleet.ports.feed}/v1/${query}`);
    return ((await answer.json()) as { items: readonly T[] }).items;
  };
  const hoaxes = async () =>
    (await ask<Item>('flags?category=hoax&limit=100')).filter(({ post: { id } }) => id.includes('hoax-'));
  try {
    await until('the copies are read', async () => (await scored(fleet.ports.classifyOps)) >= lines.length);
    const before = await hoaxes();
    const noticesBefore = await ask<Notice>('notices?category=hoax');
    const rising = await until('the copies are a rumour', async () => {
      const [rumour] = await ask<Rumour>('rumours');
      return rumour && rumour.posts >= COPIES ? rumour : undefined;
    });
    checker.publish();
    const publishedAt = Date.now();
    const known = (items: readonly Item[]) => items.filter(({ claims }) => claims.length > 0);
    await until('the copies are debunked', async () => known(await hoaxes()).length >= COPIES);
    const seconds = (Date.now() - publishedAt) / 1000;
    const after = known(await hoaxes());
    const campaigns = new Set(after.map(({ campaignId }) => campaignId));
    const notices = await until('a notice is delivered', async () => {
      const open = await ask<Notice>('notices?category=hoax');
      return open.some(({ deliveredAt, posts: n }) => deliveredAt !== null && n >= COPIES) ? open : undefined;
    });
    const [rumour] = await ask<Rumour>('rumours');
    const denials = (await ask<Item>('flags?category=hoax&limit=100')).filter(({ post: { id } }) =>
      id.includes('denial'),
    );
    return [
      {
        what: 'before the fact-check the copies are unverified, and nobody is told',
        figure: `${known(before).length} of ${before.length} flagged copies with a claim, ${noticesBefore.length} notices`,
        bar: '0 with a claim, 0 notices',
        pass: known(before).length === 0 && noticesBefore.length === 0,
      },
      {
        what: 'the console shows them as one rumour that rises, unverified',
        figure: `${rising.state}, ${rising.posts} copies`,
        bar: `unverified, ${COPIES} copies`,
        pass: rising.state === 'unverified' && rising.posts === COPIES,
      },
      {
        what: 'which the fact-check turns into the debunked campaign',
        figure: `${rumour?.state ?? 'none'}, campaign of ${rumour?.campaign?.size ?? 0}`,
        bar: `debunked, campaign of ${COPIES}`,
        pass:
          rumour?.state === 'debunked' &&
          rumour.campaign?.size === COPIES &&
          rumour.campaign.campaignId === after[0]?.campaignId,
      },
      {
        what: 'a fact-check in a feed debunks the copies that came before it',
        figure: `${after.length} copies in ${campaigns.size} campaign of ${after[0]?.campaignSize ?? 0}, ${seconds.toFixed(1)} s after it was published`,
        bar: `${COPIES} in one campaign of ${COPIES}`,
        pass: after.length === COPIES && campaigns.size === 1 && after[0]?.campaignSize === COPIES,
      },
      {
        what: 'and one notice goes out that cites it',
        figure: `${notices.length} notices, of ${notices[0]?.posts ?? 0} posts`,
        bar: `1, of ${COPIES}`,
        pass: notices.length === 1 && notices[0]?.posts === COPIES,
      },
      {
        what: 'who denies the hoax is not flagged for it',
        figure: `${denials.length} flags`,
        bar: '0',
        pass: denials.length === 0,
      },
    ];
  } finally {
    await fleet.stop();
    checker.close();
  }
}

/** A feed that is empty until its article is published. */
async function aFactChecker() {
  let published = false;
  const server = createServer((request, response) => {
    const article = `<item><title>${TITLE}</title><link>${address()}/artikel</link><pubDate>${new Date().toUTCString()}</pubDate></item>`;
    if (request.url !== '/feed') return void response.writeHead(404).end();
    response.end(`<rss version="2.0"><channel><title>Meja Uji</title>${published ? article : ''}</channel></rss>`);
  });
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: address(),
    publish: () => (published = true),
    close: () => void (server.closeAllConnections(), server.close()),
  };
}

async function scored(opsPort: number): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${opsPort}/metrics`)).text();
  return [...metrics.matchAll(/^siaga_classify_posts_total\{[^}]*\} (\d+)/gm)].reduce(
    (sum, [, n]) => sum + Number(n),
    0,
  );
}

async function until<T>(what: string, probe: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await probe().catch(() => undefined);
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`${PATIENCE_MS / 1000} s passed, and not yet: ${what}`);
    await wait(POLL_MS);
  }
}
