import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { evidenceOf, recordAnswer } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import { runNotices } from './cli/run-notices.js';
import { startNotices, type Notices } from './notices.fixture.js';
import { watchDeadlines } from './watch-deadlines.js';

const database = useDatabase();
let notices: Notices;
let noticeId: string;
let opened: number;
let due: number;

beforeEach(async () => {
  notices = await startNotices(database);
  await notices.record([aFlag({ post: { text: 'usir semua pendatang dari kampung kita' } })]);
  const [row] = await rows();
  noticeId = row!.notice_id;
  opened = row!.created_at.getTime();
  due = row!.due_at.getTime();
});
afterEach(() => notices.close());

const rows = () =>
  database.db.query<{ notice_id: string; created_at: Date; due_at: Date; paused_at: Date | null }>(
    'select notice_id, created_at, due_at, paused_at from notices',
  );
/** When that share of the notice's first deadline has run. */
const at = (share: number) => new Date(opened + (due - opened) * share);
/** A moment after that share: the database counts finer than a Date. */
const tick = async (share: number) => {
  const { db, metrics } = notices.options;
  await watchDeadlines({ db, policy: notices.policy, metrics }, new Date(at(share).getTime() + 10));
  await notices.deliverAll();
};
const answer = (state: string, share: number) =>
  database.db.transaction((tx) => recordAnswer(tx, { answerId: randomUUID(), noticeId, state }, at(share)));
const messages = () => notices.receiver.received.map(({ body }) => body.message ?? 'notice');
const command = (...args: string[]) => runNotices(args, { databaseUrl: database.url, print: () => undefined });

describe('the clock of a notice', () => {
  it('reminds at half and four fifths and tells the next contact at the deadline, each once whoever asks', async () => {
    const policy = notices.policy();
    const demo = policy.platforms.demo!;
    notices.obey({ ...policy, platforms: { demo: { ...demo, nextContact: demo.channel } } });
    await notices.deliverAll();
    for (const share of [0.4, 0.49, 0.5, 0.6, 0.8, 0.99, 1, 1.5, 7]) {
      await Promise.all([tick(share), tick(share), tick(share)]);
      await tick(share);
    }
    expect(messages()).toEqual(['notice', 'reminder', 'reminder', 'overdue']);
    expect(new Set(notices.receiver.received.map(({ id }) => id)).size).toBe(4);
    const channels = await database.db.query<{ channel: string }>('select channel from deliveries order by created_at');
    expect(channels.map(({ channel }) => channel)).toEqual(['webhook', 'webhook', 'webhook', 'next-contact']);
    expect(notices.receiver.received.at(-1)?.body).toMatchObject({ notice_id: noticeId, revision: 1 });
    const events = (await evidenceOf(database.db, noticeId)).map(({ event }) => event);
    expect(events.filter((event) => event === 'reminder-scheduled')).toHaveLength(2);
    expect(events.filter((event) => event === 'deadline-passed')).toHaveLength(1);
  });

  it('passes over what it slept through', async () => {
    await notices.deliverAll();
    await tick(0.9);
    await tick(1);
    expect(messages()).toEqual(['notice', 'reminder', 'overdue']);
  });

  it('stands while the platform needs information, and runs on by as much', async () => {
    await notices.deliverAll();
    await answer('needs_info', 0.4);
    await answer('needs_info', 0.6);
    await tick(0.9);
    await tick(3);
    expect(messages()).toEqual(['notice']);
    await answer('under_review', 1.4);
    expect((await rows())[0]).toMatchObject({ due_at: at(2), paused_at: null });
    await tick(1.49);
    expect(messages()).toEqual(['notice']);
    await tick(1.5);
    await tick(1.79);
    await tick(1.8);
    await tick(2);
    expect(messages()).toEqual(['notice', 'reminder', 'reminder', 'overdue']);
  });

  it('runs on when we have given the information, once', async () => {
    await notices.deliverAll();
    await expect(command('inform', noticeId, 'tautan aslinya')).rejects.toThrow('does not wait');
    await answer('needs_info', 0);
    expect(await command('inform', noticeId, 'tautan aslinya', '--by', 'ani')).toBe(0);
    await expect(command('inform', noticeId, 'lagi')).rejects.toThrow('does not wait');
    await expect(command('inform', 'nobody', 'lagi')).rejects.toThrow('not the id of a notice');
    await notices.deliverAll();
    expect(notices.receiver.received.at(-1)?.body).toMatchObject({
      message: 'information',
      information: 'tautan aslinya',
    });
    expect((await rows())[0]?.paused_at).toBeNull();
  });

  it.each(['actioned', 'rejected'])('is silent once the platform has %s', async (state) => {
    await notices.deliverAll();
    await tick(0.5);
    await answer(state, 0.6);
    await tick(0.8);
    await tick(1);
    expect(messages()).toEqual(['notice', 'reminder']);
  });

  it('sends no reminder that was scheduled before the platform acted', async () => {
    await notices.deliverAll();
    const { db, metrics } = notices.options;
    await watchDeadlines({ db, policy: notices.policy, metrics }, at(0.6));
    await answer('actioned', 0.6);
    await notices.deliverAll();
    expect(messages()).toEqual(['notice']);
  });

  it('reminds nobody of what never arrived, and counts the deadline as passed', async () => {
    notices.receiver.behave = () => 503;
    await notices.deliverAll();
    for (const share of [0.5, 0.8, 1, 1.1]) await tick(share);
    expect(messages()).toEqual([]);
    const events = (await evidenceOf(database.db, noticeId)).map(({ event }) => event);
    expect(events).toEqual(['notice-opened', 'deadline-passed']);
  });
});
