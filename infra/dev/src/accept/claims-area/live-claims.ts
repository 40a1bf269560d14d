import { setTimeout as wait } from 'node:timers/promises';
import { addAccount, createToken, openDatabase, recordClaims, type Database } from '@siaga/storage';
import type { CheckResult } from '../check.js';
import { startRunningFleet } from '../running-fleet.js';
import type { Workspace } from '../workspace.js';

const WORKERS = 2;
/** Each is taken away and brought back. */
const CLAIMS = 15;
const SECONDS = 5;
const POLL_MS = 25;
const PATIENCE_MS = 60_000;
const LIFE_MS = 3_600_000;

/** From a person's request to the console's API until every worker matches by it, or does no longer, as their metrics say. */
export async function liveClaims(workspace: Workspace): Promise<CheckResult[]> {
  const fleet = await startRunningFleet(workspace, ['--posts', '-', '--workers', String(WORKERS)]);
  const db = openDatabase(fleet.databaseUrl, { applicationName: 'siaga-accept', poolSize: 1 });
  const workers = [fleet.ports.classifyOps, ...fleet.moreClassifyOps];
  try {
    const token = await aToken(db);
    const ids = Array.from({ length: CLAIMS }, (_, i) => `accept:live-${i}`);
    const before = await claimsOf(workers[0] as number);
    await db.transaction((tx) => recordClaims(tx, ids.map(aClaim), 'import'));
    await allHold(workers, before + CLAIMS);
    const seconds: number[] = [];
    const change = async (claimId: string, state: 'disabled' | 'active', wanted: number) => {
      const start = performance.now();
      const answer = await fetch(`http://127.0.0.1:${fleet.ports.feed}/v1/claims/${encodeURIComponent(claimId)}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ state }),
      });
      if (!answer.ok) throw new Error(`PATCH of a claim: HTTP ${answer.status}`);
      await allHold(workers, wanted);
      seconds.push((performance.now() - start) / 1000);
    };
    for (const claimId of ids) {
      await change(claimId, 'disabled', before + CLAIMS - 1);
      await change(claimId, 'active', before + CLAIMS);
    }
    seconds.sort((a, b) => a - b);
    const p95 = seconds[Math.ceil(0.95 * seconds.length) - 1] as number;
    return [
      {
        what: `a claim is live in each of ${workers.length} workers, and gone from them, p95 of ${seconds.length} changes by the API`,
        figure: `${p95.toFixed(2)} s (median ${(seconds[seconds.length >> 1] as number).toFixed(2)}, longest ${(seconds.at(-1) as number).toFixed(2)})`,
        bar: `< ${SECONDS} s`,
        pass: workers.length === WORKERS && p95 < SECONDS,
      },
    ];
  } finally {
    await db.close();
    await fleet.stop();
  }
}

const aClaim = (claimId: string) => ({
  ...{ schemaVersion: 1 as const, claimId, text: `Jembatan ${claimId} runtuh semalam`, verdict: 'Salah' },
  ...{ url: `https://cek.example/${claimId}`, publisher: 'Meja Uji', publishedAt: new Date().toISOString() },
});

async function aToken(db: Database): Promise<string> {
  const name = `accept-${Date.now()}`;
  const account = await addAccount(db, { name, role: 'analyst', platform: null }, 'accept');
  if (!account) throw new Error('there is such an account already');
  const { secret } = await createToken(db, account, { name, permissions: null, lifeMs: LIFE_MS, by: 'accept' });
  return secret;
}

async function claimsOf(opsPort: number): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${opsPort}/metrics`)).text();
  return Number(/^siaga_classify_claims (\d+)/m.exec(metrics)?.[1]);
}

async function allHold(workers: readonly number[], wanted: number): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const held = await Promise.all(workers.map(claimsOf));
    if (held.every((claims) => claims === wanted)) return;
    if (Date.now() > deadline) throw new Error(`workers hold ${held.join(' and ')} claims, not ${wanted}`);
    await wait(POLL_MS);
  }
}
