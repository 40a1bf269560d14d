import { describe, expect, it } from '@jest/globals';
import { postCodec, pseudonymOf } from '@siaga/contracts';
import { createLogger } from '@siaga/runtime';
import { takeOutbox } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Registry } from 'prom-client';
import { runRetention } from '../cli/run-retention.js';
import { notifyMetrics } from '../metrics.js';
import { aPolicy } from '../policy.fixture.js';
import { recordFlags } from '../record-flags.js';
import { applyRetention } from './apply-retention.js';
import { whereIsText } from './whole-database.fixture.js';

const database = useDatabase();

async function run(...words: string[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'siaga-erase-'));
  const secretsFile = path.join(folder, 'secrets.json');
  await writeFile(secretsFile, JSON.stringify({ 'author-key': 'kunci uji' }));
  const lines: string[] = [];
  await runRetention(words, { databaseUrl: database.url, secretsFile, print: (line) => lines.push(line) });
  return lines.join('\n');
}
const retain = () =>
  applyRetention(
    {
      ...{ db: database.db, policy: () => ({}), restMs: 0, pauseMs: 0, log: createLogger('test', 'silent') },
      metrics: notifyMetrics(new Registry()),
    },
    new AbortController().signal,
  );

describe('an author who asks to be forgotten', () => {
  it('is, at once as far as nothing needs it, and in the end wholly', async () => {
    const { db } = database;
    const author = await run('pseudonym', 'demo', 'Orang@Contoh.test');
    expect(author).toBe(pseudonymOf('kunci uji', 'demo', 'orang@contoh.test'));
    const policy = aPolicy('http://127.0.0.1:1');
    const record = (...flags: ReturnType<typeof aFlag>[]) => db.transaction((tx) => recordFlags(tx, flags, policy));
    const of = (id: string, text: string, by = author) => aFlag({ post: { id: `demo:${id}`, text, author: by } });
    // The first is reported: its notice is open. The other one is only for people to look at.
    const audited = { ...of('zzdua', 'ucapan zzkedua'), flagId: 'demo:zzdua#audit', audit: { share: 0.5 } };
    await record(of('zzsatu', 'ucapan zzpertama'), audited, of('lain', 'ucapan orang zzlain', 'f'.repeat(32)));
    expect((await db.query('select from notices')).length).toBeGreaterThan(0);

    expect(await run('erase', author, '--reason', 'diminta yang bersangkutan')).toContain('2 texts are gone');
    for (const text of ['zzpertama', 'zzkedua']) expect(await whereIsText(db, text)).toEqual({});
    expect((await whereIsText(db, 'zzlain')).flags).toBe(1);
    // Those who read the topics hear of it as of any author who leaves.
    const [event] = await db.transaction(takeOutbox);
    const told = postCodec.decode(event!.value!);
    expect(told.ok && told.value).toMatchObject({ author, deleted: true, allOfAuthor: true });
    expect(event!.topic).toBe('removals');
    // A flag that was on its way.
    const seenAt = new Date(Date.now() - 60_000).toISOString();
    await record(aFlag({ post: { id: 'demo:zztiga', text: 'ucapan zzketiga', author, seenAt } }));
    expect(await whereIsText(db, 'zzketiga')).toEqual({});

    // Nothing needs them a week later, but for the notice that is open.
    const later = async () => {
      await db.query(`update flags set removed_at = now() - interval '9 days' where removed_at is not null`);
      await db.query(`update removed_authors set removed_at = now() - interval '9 days'`);
      await retain();
    };
    await later();
    expect((await whereIsText(db, 'demo:zzdua')).flags).toBeUndefined();
    expect((await whereIsText(db, 'demo:zzsatu')).flags).toBe(1);
    expect(await run('status')).toMatch(/^erasure .*: 1 flags are left/m);
    await db.query(`update notices set answer_state = 'actioned', due_at = now() - interval '1 day'`);
    await db.query(`update deliveries set state = 'delivered'`);
    await db.query(
      `update deliveries set payload = '{"urls": ["http://demo.invalid/p/demo%3Azzsatu"]}' where notice_id in
         (select notice_id from notices join flags using (campaign_id) where post_id = 'demo:zzsatu')`,
    );
    expect((await whereIsText(db, 'demo%3Azzsatu')).deliveries).toBe(1);
    await later();
    // The evidence outlives it, by ids and hashes; the pseudonym itself is nowhere.
    expect(Object.keys(await whereIsText(db, 'zzsatu'))).toEqual(['evidence']);
    expect(await whereIsText(db, author)).toEqual({});
    expect(await run('status')).not.toContain('erasure');
    expect((await whereIsText(db, 'zzlain')).flags).toBe(1);
  });

  it('is asked for by pseudonym, with a reason', async () => {
    await expect(run('erase', 'orang@contoh.test', '--reason', 'x')).rejects.toThrow('needs a pseudonym');
    await expect(run('erase', 'a'.repeat(32))).rejects.toThrow('say why');
  });
});
