import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CheckResult } from '../check.js';
import { startRunningFleet } from '../running-fleet.js';
import type { Workspace } from '../workspace.js';
import { startRealPds } from '../peers/real-pds.js';

const ROUNDS = 5;
const SEEN_WITHIN_SECONDS = 3;
const GONE_WITHIN_SECONDS = 10;
const PATIENCE_MS = 60_000;
const POLL_MS = 50;
const INSULT = 'dasar goblok tolol, muka lu kayak babi, mati aja lu anjing';

interface Item {
  readonly post: { readonly text: string; readonly platform: string; readonly id: string };
}

/** A post written to a real Bluesky server, and deleted there, as an analyst sees it. */
export async function postAndDelete(workspace: Workspace): Promise<CheckResult[]> {
  const pds = await startRealPds(workspace);
  const registry = path.join(workspace.logFolder, 'sources.yaml');
  writeFileSync(registry, `sources:\n  - {name: pds, kind: firehose, url: "${pds.streamUrl}", languages: [id]}\n`);
  const env = { ...workspace.env, SIAGA_ALLOW_PRIVATE_ADDRESSES: 'true' };
  const fleet = await startRunningFleet({ ...workspace, env }, ['--sources', registry]);
  try {
    const flags = async () => {
      const response = await fetch(`http://127.0.0.1:${fleet.ports.feed}/v1/flags?platform=bluesky&limit=100`);
      return ((await response.json()) as { items: Item[] }).items;
    };
    // A worker takes its sources within seconds of its start.
    await pds.post('pembuka').then((opening) => opening.delete());
    const seen: number[] = [];
    const gone: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const text = `${INSULT} nomor ${round}`;
      const wroteAt = Date.now();
      const post = await pds.post(text);
      seen.push(await secondsUntil(wroteAt, async () => (await flags()).some((item) => item.post.text === text)));
      const before = (await flags()).filter((item) => item.post.text === '').length;
      const deletedAt = Date.now();
      await post.delete();
      gone.push(
        await secondsUntil(deletedAt, async () => {
          const items = await flags();
          return (
            !items.some((item) => item.post.text === text) &&
            items.filter((item) => item.post.text === '').length > before
          );
        }),
      );
    }
    return [
      result('a post written to a PDS is in the feed', seen, SEEN_WITHIN_SECONDS),
      result('deleted there, its text is gone', gone, GONE_WITHIN_SECONDS),
    ];
  } finally {
    await fleet.stop();
    pds.stop();
  }
}

async function secondsUntil(since: number, condition: () => Promise<boolean>): Promise<number> {
  while (!(await condition())) {
    if (Date.now() - since > PATIENCE_MS) return Infinity;
    await wait(POLL_MS);
  }
  return (Date.now() - since) / 1000;
}

function result(what: string, seconds: readonly number[], bar: number): CheckResult {
  return {
    what: `${what} (${seconds.length} times)`,
    figure: seconds.map((value) => `${value.toFixed(1)} s`).join(', '),
    bar: `< ${bar} s`,
    pass: seconds.every((value) => value < bar),
  };
}
