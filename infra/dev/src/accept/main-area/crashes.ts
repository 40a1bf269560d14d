import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { followPosts } from '../../ledger/follow-posts.js';
import type { CheckResult } from '../check.js';
import { revisionsSentTwice } from '../revisions-sent-twice.js';
import { answers, startRunningFleet, type RunningFleet } from '../running-fleet.js';
import type { Workspace } from '../workspace.js';

const POSTS_PER_TICK = 20;
const TICK_MS = 250;
/** Long enough that each kill meets work under way. */
const BETWEEN_KILLS_MS = 5_000;
const NOTIFY_KILLS = 6;

/** Kills every service and Kafka, one after the other, while posts keep coming in. */
export async function crashes(workspace: Workspace): Promise<CheckResult[]> {
  const fleet = await startRunningFleet(workspace);
  try {
    const feeding = feedPosts(fleet, workspace.checkout);
    const { ports } = fleet;
    const ready = (port: number) => () => answers(`http://127.0.0.1:${port}/readyz`);
    const victims: [string, () => Promise<boolean>][] = [
      ['ingest', ready(ports.ingestOps)],
      ['classify', ready(ports.classifyOps)],
      ['notify', ready(ports.notifyOps)],
      ['feed', ready(ports.feedOps)],
      ['kafka', ready(ports.classifyOps)],
    ];
    const results: CheckResult[] = [];
    for (const [name, isReady] of victims) {
      await wait(BETWEEN_KILLS_MS);
      workspace.say(`kill -9 ${name}`);
      const seconds = await fleet.kill(name, isReady);
      results.push({
        what: `kill -9 ${name}: it comes back`,
        figure: `${seconds.toFixed(1)} s`,
        bar: '< 60 s',
        pass: seconds < 60,
      });
    }
    // In the middle of sending is where a notice could go out twice: kills at moments that nobody chose.
    for (let kill = 1; kill <= NOTIFY_KILLS; kill++) {
      await wait(Math.random() * BETWEEN_KILLS_MS);
      await fleet.kill('notify', ready(ports.notifyOps));
    }
    await wait(BETWEEN_KILLS_MS);
    return [...results, ...(await accounts(fleet, feeding.stop(), workspace))];
  } finally {
    await fleet.stop();
  }
}

/** The demo's texts over and over, as new posts. */
function feedPosts(fleet: RunningFleet, checkout: string): { stop: () => number } {
  const texts = readFileSync(path.join(checkout, 'infra/dev/demo-posts.ndjson'), 'utf8').trim().split('\n');
  const posts = texts.map((line) => JSON.parse(line) as { text: string });
  let sent = 0;
  const timer = setInterval(() => {
    const batch = Array.from({ length: POSTS_PER_TICK }, (_none, i) => {
      const number = sent + i;
      const { text } = posts[number % posts.length] as { text: string };
      return { id: `crash-${number}`, text, url: `http://demo.invalid/crash/${number}` };
    });
    fleet.feed(batch);
    sent += batch.length;
  }, TICK_MS);
  return {
    stop() {
      clearInterval(timer);
      return sent;
    },
  };
}

async function accounts(fleet: RunningFleet, sent: number, { say }: Workspace): Promise<CheckResult[]> {
  const platformUrl = `http://127.0.0.1:${fleet.ports.platform}`;
  let saidAt = 0;
  const { outcome, complete } = await followPosts({
    ...{ brokers: fleet.brokers, databaseUrl: fleet.databaseUrl, platformUrl },
    expected: () => ({ lines: sent, repeated: 0 }),
    signal: new AbortController().signal,
    onProgress(line) {
      if (Date.now() - saidAt > 5_000) say(line);
      if (Date.now() - saidAt > 5_000) saidAt = Date.now();
    },
  });
  const response = await fetch(`${platformUrl}/ledger`);
  const { received, repeats } = (await response.json()) as { received: number; repeats: number };
  return [
    {
      what: 'every post is still accounted for',
      figure: `${outcome.scored + outcome.dropped + outcome.deadLetters.length} of ${sent}`,
      bar: 'all, and every notice delivered and answered',
      pass: complete && outcome.arrived === sent && outcome.unaccounted.length === 0 && outcome.failed === 0,
    },
    {
      what: `no notice is sent twice, with ${NOTIFY_KILLS} more kills of notify`,
      figure: `${received} received, ${repeats} repeats, ${await revisionsSentTwice(fleet.databaseUrl)} revisions twice`,
      bar: 'some, 0, 0',
      pass:
        received > 0 &&
        received === outcome.delivered &&
        repeats === 0 &&
        (await revisionsSentTwice(fleet.databaseUrl)) === 0,
    },
  ];
}
