import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { stateFolder } from '../../fleet/state-folder.js';
import type { CheckResult } from '../check.js';
import { startRealOzone, type RealOzone } from '../peers/real-ozone.js';
import { startRunningFleet, type RunningFleet } from '../running-fleet.js';
import type { Workspace } from '../workspace.js';

const PATIENCE_MS = 180_000;
/** Two copies of a text of our own, about a village that does not exist. */
const COPIES = ['', ' Sebarkan!'].map(
  (end) =>
    `Pendatang itu cuma bawa penyakit dan maling ke kampung kita. Usir semua pendatang dari Sukamaju, jangan kasih kontrakan.${end}`,
);
const HATE = 'tools.ozone.report.defs#reasonHarassmentHateSpeech';

/** Posts written to a real Bluesky server, and the reports about them as a moderator of the real Ozone sees them. */
export async function reportToOzone(workspace: Workspace): Promise<CheckResult[]> {
  const ozone = await startRealOzone(workspace);
  const registry = path.join(workspace.logFolder, 'platforms.json');
  const sources = [{ name: 'pds', kind: 'firehose', url: ozone.streamUrl, languages: ['id'] }];
  writeFileSync(registry, JSON.stringify({ sources }));
  const env = { ...workspace.env, SIAGA_ALLOW_PRIVATE_ADDRESSES: 'true' };
  const fleet = await startRunningFleet({ ...workspace, env }, ['--sources', registry]);
  try {
    await obey(workspace, ozone);
    await isRead(ozone, fleet);
    return [await reportedToOzone(ozone)];
  } finally {
    await fleet.stop();
    await ozone.stop();
  }
}

/** Adds Bluesky to the fleet's policy, and waits until it goes by that: it reads it again every few seconds. */
async function obey({ checkout, logFolder }: Workspace, ozone: RealOzone): Promise<void> {
  const state = stateFolder(path.join(checkout, '.siaga'));
  const secrets = JSON.parse(readFileSync(state.secrets, 'utf8')) as Record<string, string>;
  const added = { 'ozone-app': ozone.moderator.password };
  writeFileSync(state.secrets, JSON.stringify({ ...secrets, ...added }), { mode: 0o600 });
  const accepts = ['hate'];
  const platforms = {
    bluesky: {
      ...{ name: 'Bluesky', accepts },
      channel: {
        ...{ kind: 'ozone', service: ozone.url, labeler: ozone.labeler, moderator: true },
        ...{ identifier: ozone.moderator.handle, password: 'ozone-app' },
      },
    },
  };
  const lines = Object.entries(platforms).map(([id, platform]) => `  '${id}': ${JSON.stringify(platform)}\n`);
  writeFileSync(
    state.policy,
    readFileSync(state.policy, 'utf8').replace(/^platforms:\n/m, `platforms:\n${lines.join('')}`),
  );
  const said = () => Promise.resolve(readFileSync(path.join(logFolder, 'npm-start.log'), 'utf8'));
  await seen(said, (log) => log.includes('another policy is in force'));
}

/** A firehose gives what comes after somebody has connected. */
async function isRead(ozone: RealOzone, { ports }: RunningFleet): Promise<void> {
  const metrics = async () => {
    await ozone.post('pembuka');
    return (await fetch(`http://127.0.0.1:${ports.ingestOps}/metrics`)).text();
  };
  await seen(metrics, (text) => /siaga_ingest_events_total\{source="pds",outcome="post"\} [1-9]/.test(text));
}

async function reportedToOzone(ozone: RealOzone): Promise<CheckResult> {
  const uris: string[] = [];
  for (const text of COPIES) uris.push((await ozone.post(text)).uri);
  const reports = await seen(ozone.reports, (all) =>
    uris.every((uri) => all.some(({ subject }) => subject.uri === uri)),
  );
  const found = uris.filter((uri) => reports.some(({ subject }) => subject.uri === uri)).length;
  const isClear = reports.every(({ event }) => event.reportType === HATE && /^\[siaga [\w-]+\]\n./.test(event.comment));
  return {
    what: 'Ozone: a moderator sees a campaign of two posts, with reason type and text',
    figure: `${found} posts in ${reports.length} reports, ${isClear ? 'each with both' : 'not all with both'}`,
    bar: '2 in 2, each with both',
    pass: found === 2 && reports.length === 2 && isClear,
  };
}

/** What is there when the condition holds, or when patience ends. */
async function seen<T>(look: () => Promise<T>, condition: (now: T) => boolean): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const now = await look();
    if (condition(now) || Date.now() > deadline) return now;
    await wait(500);
  }
}
