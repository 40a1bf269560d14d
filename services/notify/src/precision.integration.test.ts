import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { evidenceOf, recordAnswer } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { runNotices } from './cli/run-notices.js';
import { gaugeAll } from './gauges.js';
import { startNotices, type Notices } from './notices.fixture.js';
import { isOverBudget, lowerBound, watchPrecision } from './watch-precision.js';

const database = useDatabase();
let notices: Notices;

beforeEach(async () => {
  notices = await startNotices(database);
  await database.db.query('truncate platform_precision');
  const policy = notices.policy();
  const precision = { days: 30, budget: 0.25, atLeast: 4 };
  notices.obey({ ...policy, platforms: { demo: { ...policy.platforms.demo!, precision } } });
});
afterEach(() => notices.close());

/** Words that no other text has. */
const flag = (name: string) =>
  aFlag({ post: { text: Array.from({ length: 10 }, (_, i) => `${name}${'abcdefghij'[i]}`.repeat(2)).join(' ') } });
const names = ['kucing', 'meja', 'sungai', 'gunung', 'pasar'];
const ids = async () =>
  (await database.db.query<{ id: string }>('select notice_id as id from notices order by created_at, notice_id')).map(
    ({ id }) => id,
  );
const answer = (noticeId: string, state: string) =>
  database.db.transaction((tx) => recordAnswer(tx, { answerId: randomUUID(), noticeId, state }));
/** By several processes at once. */
const look = () =>
  Promise.all([1, 2, 3].map(() => watchPrecision({ db: database.db, policy: notices.policy }))).then(() => undefined);
const events = async () => (await evidenceOf(database.db, 'demo')).map(({ event }) => event);
async function status(): Promise<string> {
  const printed: string[] = [];
  await runNotices(['status'], { databaseUrl: database.url, print: (text) => printed.push(text) });
  return printed.join('\n');
}

describe('the precision budget of a platform', () => {
  it('stops what needs no person when too much was wrong, holds what waits, and goes on when it is right again', async () => {
    await notices.record(names.map(flag));
    const [last, ...judged] = (await ids()).reverse();
    await database.db.query(`update deliveries set next_attempt_at = now() + interval '1 hour' where notice_id = $1`, [
      last,
    ]);
    await notices.deliverAll();
    for (const [i, id] of judged.entries()) await answer(id, i % 2 === 0 ? 'rejected' : 'disputed');
    await look();
    expect(await events()).toEqual(['automatic-sending-stopped']);
    expect(await status()).toMatch(/^demo: 4 of 4 .* STOPPED since .*/m);
    const registry = new Registry();
    gaugeAll(registry, database.db);
    expect(await registry.metrics()).toMatch(/^siaga_notify_over_budget\{platform="demo"\} 1$/m);

    await notices.record([flag('laut')]);
    expect(await ids()).toHaveLength(5);
    await notices.hurry();
    await notices.deliverAll();
    expect(notices.receiver.received).toHaveLength(4);

    for (const id of judged.slice(0, 2)) await answer(id, 'actioned');
    await look();
    expect(await events()).toHaveLength(1);
    for (const id of judged.slice(2)) await answer(id, 'actioned');
    await look();
    expect(await events()).toEqual(['automatic-sending-stopped', 'automatic-sending-resumed']);
    expect(await status()).toMatch(/^demo: 0 of 4 .* on$/m);
    await notices.deliverAll();
    expect(notices.receiver.received).toHaveLength(5);
    await notices.record([flag('bukit')]);
    expect(await ids()).toHaveLength(6);
  });

  it('forgets what was judged before its days', async () => {
    await notices.record(names.map(flag));
    for (const id of await ids()) await answer(id, 'rejected');
    await database.db.query(`update answers set received_at = now() - interval '31 days'`);
    await look();
    expect(await events()).toEqual([]);
  });

  it('needs more than chance to stop, and less than that to stay stopped', () => {
    const rules = { days: 30, budget: 0.2, atLeast: 2 };
    expect(lowerBound(10, 50)).toBeCloseTo(0.112, 3);
    expect(isOverBudget({ judged: 2, wrong: 1 }, rules, false)).toBe(false);
    expect(isOverBudget({ judged: 40, wrong: 10 }, rules, false)).toBe(false);
    expect(isOverBudget({ judged: 40, wrong: 10 }, rules, true)).toBe(true);
    expect(isOverBudget({ judged: 40, wrong: 20 }, rules, false)).toBe(true);
    expect(isOverBudget({ judged: 0, wrong: 0 }, rules, true)).toBe(false);
  });
});
