import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort, postgresTools, startKafka, startPostgres } from '@siaga/engines';
import { createToken, findAccount, openDatabase, verifyEvidence, type Database } from '@siaga/storage';
import { stateFolder } from '../../fleet/state-folder.js';
import type { CheckResult } from '../check.js';
import { runProgram } from '../run-program.js';
import { startRunningFleet, type RunningFleet } from '../running-fleet.js';
import type { Workspace } from '../workspace.js';

const WHOLE_MS = 180_000;
const LOOK_MS = 500;

/** What must be the same before and after, and what the platform has had. */
interface Ledger {
  readonly flags: readonly string[];
  readonly decisions: readonly string[];
  readonly notices: readonly string[];
  readonly received: number;
  readonly repeats: number;
}

/** A backup under load, more posts, the database dropped, restored, and read on from Kafka. */
export async function restore(workspace: Workspace): Promise<CheckResult[]> {
  const { checkout, say, logFolder } = workspace;
  const texts = readFileSync(path.join(checkout, 'infra/dev/demo-posts.ndjson'), 'utf8').trim().split('\n');
  const posts = (run: string) => texts.map((line, i) => ({ ...(JSON.parse(line) as object), id: `${run}-${i}` }));
  const backup = path.join(logFolder, 'backup');
  let fleet = await startRunningFleet(workspace);
  let before: Ledger;
  let atBackup: Ledger;
  try {
    fleet.feed(posts('before'));
    await quiet(fleet);
    await decide(fleet);
    atBackup = await ledgerOf(fleet);
    fleet.feed(posts('meanwhile'));
    await database(workspace, fleet, ['dump', backup]);
    await quiet(fleet);
    fleet.feed(posts('after'));
    before = await quiet(fleet);
  } finally {
    await fleet.stop();
  }
  say(`${before.flags.length} flags, ${before.notices.length} notices; dropping the database and restoring the backup`);
  await dropAndRestore(workspace, backup);
  fleet = await startRunningFleet(workspace);
  try {
    const after = await until(fleet, (ledger) => ledger.flags.length >= before.flags.length);
    const stopped = await quiet(fleet);
    const evidence = await withDatabase(fleet, verifyEvidence);
    const lost = before.flags.filter((id) => !after.flags.includes(id)).length;
    const kept = atBackup.notices.filter((id) => !after.notices.includes(id)).length;
    return [
      {
        what: 'the feed is whole: what came after the backup is read again from Kafka',
        figure: `${before.flags.length} flags before, ${after.flags.length} after, ${lost} lost`,
        bar: 'the same, 0 lost',
        pass: lost === 0 && after.flags.length === before.flags.length && before.flags.length > atBackup.flags.length,
      },
      {
        what: 'decisions and notices of before the backup, and the evidence',
        figure: `${after.decisions.length} of ${atBackup.decisions.length} decisions, ${kept} of ${atBackup.notices.length} notices lost, chain ${evidence.whole ? 'whole' : 'broken'}`,
        bar: 'all, 0 lost, whole',
        pass:
          after.decisions.join() === atBackup.decisions.join() &&
          atBackup.decisions.length > 0 &&
          kept === 0 &&
          evidence.whole,
      },
      {
        what: 'no platform is sent anything again before a person lets it',
        figure: `${before.received} received before, ${stopped.received} after; ${stopped.repeats} repeats`,
        bar: 'no more than before',
        pass: stopped.received === before.received && stopped.repeats === 0,
      },
    ];
  } finally {
    await fleet.stop();
  }
}

const withDatabase = async <T>(
  { databaseUrl }: { databaseUrl: string },
  work: (db: Database) => Promise<T>,
): Promise<T> => {
  const db = openDatabase(databaseUrl, { applicationName: 'siaga-accept', poolSize: 1 });
  return work(db).finally(() => db.close());
};

function ledgerOf(fleet: RunningFleet): Promise<Ledger> {
  return withDatabase(fleet, async (db) => {
    const ids = async (sql: string) => (await db.query<{ id: string }>(sql)).map(({ id }) => id);
    const response = await fetch(`http://127.0.0.1:${fleet.ports.platform}/ledger`);
    const { received, repeats } = (await response.json()) as { received: number; repeats: number };
    return {
      flags: await ids('select flag_id as id from flags order by 1'),
      decisions: await ids('select decision_id::text as id from decisions order by 1'),
      notices: await ids('select notice_id::text as id from notices order by 1'),
      ...{ received, repeats },
    };
  });
}

async function until(fleet: RunningFleet, isRight: (ledger: Ledger) => boolean): Promise<Ledger> {
  const deadline = Date.now() + WHOLE_MS;
  for (;;) {
    const ledger = await ledgerOf(fleet);
    if (isRight(ledger) || Date.now() > deadline) return ledger;
    await wait(LOOK_MS);
  }
}

/** Waits until nothing changes any more. */
async function quiet(fleet: RunningFleet): Promise<Ledger> {
  let [before, since] = ['', Date.now()];
  return until(fleet, (ledger) => {
    const now = JSON.stringify(ledger);
    if (now !== before) [before, since] = [now, Date.now()];
    return ledger.flags.length > 0 && Date.now() - since > 8_000;
  });
}

/** As an analyst does: through the API, with a token of the administrator's. */
async function decide(fleet: RunningFleet): Promise<void> {
  const [flagId, secret] = await withDatabase(fleet, async (db) => {
    const account = await findAccount(db, 'admin');
    if (!account) throw new Error('npm start has made no administrator');
    const token = { name: 'accept', permissions: null, lifeMs: 600_000, by: 'accept' };
    const [flag] = await db.query<{ id: string }>('select flag_id as id from flags where audit_share is null limit 1');
    return [flag?.id, (await createToken(db, account, token)).secret] as const;
  });
  const response = await fetch(`http://127.0.0.1:${fleet.ports.feed}/v1/decisions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ subject: { flagId }, action: 'comment', reason: 'diperiksa sebelum cadangan' }),
  });
  if (!response.ok) throw new Error(`the decision was refused: ${response.status} ${await response.text()}`);
}

async function database(
  { checkout, env, logFolder }: Workspace,
  { databaseUrl, brokers }: { readonly databaseUrl: string; readonly brokers: string },
  args: readonly string[],
): Promise<void> {
  const logFile = path.join(logFolder, 'database.log');
  const { code, output } = await runProgram(process.execPath, ['infra/ops/dist/database.js', ...args], {
    cwd: checkout,
    env: {
      ...{ ...env, SIAGA_DATABASE_URL: databaseUrl, SIAGA_KAFKA_BROKERS: brokers },
      SIAGA_PG_BIN: await postgresTools(),
    },
    logFile,
  });
  if (code !== 0) throw new Error(`database ${args[0]} ended with ${code}: ${output.trim().split('\n').at(-1)}`);
}

/** While nothing but the engines runs. */
async function dropAndRestore(workspace: Workspace, backup: string): Promise<void> {
  const state = stateFolder(path.join(workspace.checkout, '.siaga'));
  const postgres = await startPostgres({ port: await freePort(), dataDir: state.postgres });
  const kafka = await startKafka({ port: await freePort(), dataDir: state.kafka });
  try {
    const elsewhere = new URL(postgres.url);
    elsewhere.pathname = '/template1';
    await withDatabase({ databaseUrl: elsewhere.href }, async (db) => {
      await db.query('drop database postgres with (force)');
      await db.query('create database postgres template template0');
    });
    const engines = { databaseUrl: postgres.url, brokers: kafka.brokers.join(',') };
    await database(workspace, engines, ['restore', backup, '--yes']);
  } finally {
    await Promise.all([postgres.stop(), kafka.stop()]);
  }
}
