import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, type Logger } from '@siaga/runtime';
import { evidenceOf, recordDecision } from '@siaga/storage';
import { aFlag, until, useDatabase } from '@siaga/testkit';
import { actOnDecision } from './act-on-decisions.js';
import { runPolicy } from './cli/run-policy.js';
import { startNotices, type Notices } from './notices.fixture.js';
import { keepPolicyInForce } from './policy-in-force.js';
import { readPolicy } from './policy.js';

const database = useDatabase();
const HOAX = 'sebarkan sebelum dihapus: minum air garam setiap pagi menyembuhkan semua penyakit tanpa obat';
const log = createLogger('test', 'silent');
let notices: Notices;

beforeEach(async () => {
  await database.db.query('truncate decisions cascade');
  notices = await startNotices(database);
});
afterEach(() => notices.close());

const hoax = (edit: string, platform = 'demo') =>
  aFlag({ category: 'hoax', post: { text: `${HOAX} ${edit}`, platform } });
const escalate = (subject: { flagId: string } | { campaignId: string }) =>
  database.db.transaction((tx) =>
    recordDecision(tx, {
      ...{ decisionId: randomUUID(), subject, action: 'escalate' as const },
      ...{ decidedBy: 'ani', decidedAt: new Date().toISOString() },
    }),
  );
const actAll = async () => {
  while (await actOnDecision({ db: database.db, policy: notices.policy, log }));
  await notices.deliverAll();
};
const outcomes = async () =>
  (await database.db.query<{ outcome: string | null }>('select outcome from decisions order by seq')).map(
    ({ outcome }) => outcome,
  );

describe('a person’s decision to escalate', () => {
  it('sends what policy held, says that a person reviewed it, and holds for the copies to come', async () => {
    const [first, second] = [hoax('satu'), hoax('dua')];
    await notices.record([first, second]);
    await notices.deliverAll();
    expect(notices.receiver.received).toEqual([]);
    await escalate({ flagId: first.flagId });
    await escalate({ flagId: first.flagId });
    await actAll();
    const { received } = notices.receiver;
    expect(received.map(({ body }) => body)).toMatchObject([
      { category: 'hoax', human_reviewed: true, automated_detection: true, urls: [first.post.url] },
    ]);
    const later = hoax('tiga');
    await notices.record([later]);
    await notices.deliverAll();
    expect(received.at(-1)?.body).toMatchObject({ revision: 2, urls: [first.post.url, later.post.url] });
    const [opened] = await evidenceOf(database.db, String(received[0]?.body.notice_id));
    expect(JSON.parse(opened!.body)).toMatchObject({ reviewedBy: 'ani' });
    expect(await outcomes()).toEqual(['sent', 'the post is reported already']);
  });

  it('on a campaign reaches all its posts that have a platform, in one notice', async () => {
    const flags = [hoax('satu'), hoax('dua'), hoax('tiga', 'elsewhere')];
    await notices.record(flags);
    const [row] = await database.db.query<{ campaign_id: string }>('select campaign_id from campaigns');
    await escalate({ campaignId: row!.campaign_id });
    await actAll();
    expect(notices.receiver.received.map(({ body }) => body.urls)).toEqual([flags.slice(0, 2).map((f) => f.post.url)]);
  });

  it('sends nothing where nobody takes it or where it was sent, and says so', async () => {
    const elsewhere = hoax('satu', 'elsewhere');
    const sent = aFlag({ post: { text: 'usir semua pendatang dari kampung kita' } });
    await notices.record([elsewhere, sent]);
    await notices.deliverAll();
    await escalate({ flagId: elsewhere.flagId });
    await escalate({ flagId: sent.flagId });
    await actAll();
    expect(notices.receiver.received).toHaveLength(1);
    expect(await outcomes()).toEqual([
      'the policy does not know the platform elsewhere',
      'the post is reported already',
    ]);
  });
});

describe('a policy', () => {
  it('opens no more notices a day than it says, and a person still can', async () => {
    const policy = notices.policy();
    notices.obey({ ...policy, platforms: { demo: { ...policy.platforms.demo!, dailyNotices: 1 } } });
    const flags = ['usir pendatang dari kampung kita', 'bakar rumah tetangga yang beda agama itu'].map((text) =>
      aFlag({ post: { text } }),
    );
    await notices.record(flags);
    await notices.deliverAll();
    expect(notices.receiver.received).toHaveLength(1);
    await escalate({ flagId: flags[1]!.flagId });
    await actAll();
    expect(notices.receiver.received).toHaveLength(2);
  });

  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'siaga policy ')), 'policy.yaml');
  const write = (hours: number | string) =>
    writeFileSync(file, JSON.stringify({ ...notices.policy(), urgencies: { normal: { hours } } }));

  it('is taken while the fleet runs, and one that cannot be used is refused', async () => {
    write(24);
    const refused: { faults: string[] }[] = [];
    const listening = { info: () => undefined, error: (fields: { faults: string[] }) => refused.push(fields) };
    const inForce = keepPolicyInForce({
      read: () => ({ policy: readPolicy(file), secrets: { get: () => 'secret' } }),
      make: (policy) => Object.keys(policy.platforms),
      ...{ log: listening as unknown as Logger, lookMs: 10 },
    });
    const hours = () => inForce.current().policy.urgencies.normal?.hours;
    expect(hours()).toBe(24);
    write(4);
    await until('the edit counts', () => hours() === 4);
    write('soon');
    await until('it is refused', () => refused.length > 0);
    expect(hours()).toBe(4);
    expect(refused[0]?.faults.join()).toContain('urgencies.normal.hours');
    write(8);
    await until('the mended one counts', () => hours() === 8);
    expect(refused).toHaveLength(1);
    expect(inForce.current().made).toEqual(['demo']);
    await inForce.close();
  });

  it('can be checked, explained and previewed from the terminal', async () => {
    write(24);
    const run = async (...args: string[]) => {
      const printed: string[] = [];
      const surroundings = { databaseUrl: database.url, policyFile: file, print: (text: string) => printed.push(text) };
      return { exitCode: await runPolicy(args, surroundings), printed: printed.join('\n') };
    };
    const flags = [hoax('satu'), aFlag({ post: { text: 'usir semua pendatang' } })];
    await notices.record(flags);
    expect((await run('check')).printed).toMatch(/can be used, it is policy [0-9a-f]{12}$/);
    expect((await run('explain', flags[0]!.post.id)).printed).toContain(
      'waits for a person: a person must decide on hoax',
    );
    expect((await run('explain', flags[1]!.flagId)).printed).toContain(
      'is reported to Demo, normal (the post is reported',
    );
    const { printed } = await run('preview');
    expect(printed).toContain('1  notices to demo about hate, normal');
    expect(printed).toContain('1  hoax on demo: a person must decide on hoax');
    await expect(run('explain', 'nobody')).rejects.toThrow('nothing flagged is called nobody');
    await expect(run('preview', '--days', 'all')).rejects.toThrow('whole number');
    expect((await run('--help')).exitCode).toBe(0);
    write('soon');
    await expect(run('check')).rejects.toThrow('urgencies.normal.hours');
  });
});
