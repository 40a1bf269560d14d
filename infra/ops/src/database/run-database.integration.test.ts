import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { postgresTools } from '@siaga/engines';
import { asRole, insertCampaign, insertFlag, openDatabase, sendingSwitch } from '@siaga/storage';
import { committedOffsets, moveGroup } from '@siaga/stream';
import { aFlag, useDatabase, useKafka } from '@siaga/testkit';
import { runDatabase } from './run-database.js';

const database = useDatabase();
const kafka = useKafka();
let env: Record<string, string | undefined>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-backup-'));
  env = {
    PATH: process.env.PATH,
    SIAGA_DATABASE_URL: database.url,
    SIAGA_KAFKA_BROKERS: kafka.brokers,
    SIAGA_TOPIC_PREFIX: kafka.prefix,
    SIAGA_PG_BIN: await postgresTools(),
  };
}, 180_000);

async function run(...args: string[]) {
  const lines: string[] = [];
  const code = await runDatabase(args, { env, print: (text) => lines.push(text) });
  return { code, text: lines.join('\n') };
}

async function recordFlag() {
  const campaignId = randomUUID();
  const flag = aFlag();
  await insertCampaign(database.db, { campaignId, category: 'hate', signature: [1], bands: [1] });
  await database.db.transaction((tx) => insertFlag(tx, flag, { campaignId, reported: false }));
  return flag.flagId;
}
const flagIds = async () =>
  (await database.db.query<{ id: string }>('select flag_id as id from flags order by 1')).map(({ id }) => id);

describe('a backup', () => {
  it('comes back whole, stops the sending, and lets notify read again what came after it', async () => {
    const before = await recordFlag();
    const { topics, options, prefix } = kafka;
    const group = `${prefix}.notify`;
    await kafka.producer.send([{ topic: topics.flags.name, messages: [{ key: 'a', value: Buffer.from('{}') }] }]);
    await moveGroup(options, group, { topic: topics.flags.name, offsets: {} });
    const file = path.join(folder, 'backup');
    expect((await run('dump', file)).code).toBe(0);
    // As where another program makes the backup.
    expect((await run('note', path.join(folder, 'other-program'))).code).toBe(0);
    const noted = async (name: string) =>
      JSON.parse(await readFile(path.join(folder, `${name}.json`), 'utf8')) as { kafka: unknown };
    expect((await noted('other-program')).kafka).toEqual((await noted('backup')).kafka);

    await recordFlag();
    const at = await committedOffsets(options, group, topics.flags.name);
    const ends = Object.fromEntries(Object.keys(at).map((partition) => [partition, 1]));
    await moveGroup(options, group, { topic: topics.flags.name, offsets: ends });
    await database.db.query(`create table left_over (id int)`);

    const restored = await run('restore', file, '--yes');
    expect(restored.code).toBe(0);
    expect(await flagIds()).toEqual([before]);
    expect(await sendingSwitch(database.db)).toMatchObject({ stopped: true, changedBy: 'restore' });
    expect(await committedOffsets(options, group, topics.flags.name)).toEqual(at);
    // The numbers go on where they stood, and the roles hold.
    const next = await recordFlag();
    expect(await flagIds()).toEqual([before, next].sort());
    const feed = openDatabase(asRole(database.url, 'siaga_feed'), { applicationName: 'test', poolSize: 1 });
    expect(await feed.query('select 1 from flags')).toHaveLength(2);
    await feed.close();
  });

  it('is not put into a database that services work on, and not without its note', async () => {
    const file = path.join(folder, 'other');
    await run('dump', file);
    const service = openDatabase(database.url, { applicationName: 'siaga-notify', poolSize: 1 });
    await service.query('select 1');
    await expect(run('restore', file, '--yes')).rejects.toThrow('siaga-notify');
    await service.close();
    await expect(run('restore', file)).rejects.toThrow('--yes');
    await expect(run('restore', path.join(folder, 'none'), '--yes')).rejects.toThrow('where Kafka stood');
  });

  it('leaves the database as it was when it is broken', async () => {
    const file = path.join(folder, 'broken');
    await run('dump', file);
    const whole = await readFile(file);
    await writeFile(file, whole.subarray(0, whole.length - 2_000));
    const before = await flagIds();
    await expect(run('restore', file, '--yes')).rejects.toThrow('pg_restore ended with 1');
    expect(await flagIds()).toEqual(before);
  });
});

describe('npm run database', () => {
  it('finds nothing to migrate in a current schema, and gives roles their passwords', async () => {
    expect((await run('migrate')).text).toBe('the schema is up to date');
    const passwords = await mkdtemp(path.join(tmpdir(), 'siaga-passwords-'));
    await expect(run('roles', '--passwords', passwords)).rejects.toThrow('no file named after a role');
    await writeFile(path.join(passwords, 'siaga_backup'), "it's\n");
    expect((await run('roles', '--passwords', passwords)).code).toBe(0);
    const [row] = await database.db.query<{ set: boolean }>(
      `select rolpassword like 'SCRAM-SHA-256$%' as set from pg_authid where rolname = 'siaga_backup'`,
    );
    expect(row).toEqual({ set: true });
  });

  it('says which tools it needs', async () => {
    const bare = { ...env, PATH: folder, SIAGA_PG_BIN: folder };
    const dump = runDatabase(['dump', path.join(folder, 'x')], { env: bare, print: () => undefined });
    await expect(dump).rejects.toThrow('postgresql-client-18');
  });
});
