import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closedChannels, evidenceOf, reopenChanged } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { channelsInPolicy } from './channels/routes.js';
import { runNotices } from './cli/run-notices.js';
import { gaugeAll } from './gauges.js';
import { startNotices, type Notices } from './notices.fixture.js';
import { aPolicy } from './policy.fixture.js';

const database = useDatabase();
let notices: Notices;

beforeEach(async () => {
  notices = await startNotices(database);
});
afterEach(() => notices.close());

async function command(...args: string[]) {
  const printed: string[] = [];
  await runNotices(args, { databaseUrl: database.url, print: (text) => printed.push(text) });
  return printed.join('\n');
}

async function meet410() {
  let attempts = 0;
  notices.receiver.behave = () => (++attempts, 410);
  await notices.record([
    aFlag({ post: { text: 'usir semua pendatang dari kampung ini' } }),
    aFlag({ post: { text: 'mereka semua pencuri dan harus diusir besok' } }),
  ]);
  await notices.deliverAll();
  notices.receiver.behave = () => 'accept';
  return attempts;
}

const look = (policy = notices.policy()) =>
  database.db.transaction((tx) => reopenChanged(tx, channelsInPolicy(policy)));

describe('a receiver that answers 410 Gone', () => {
  it('is left alone, and what is for it waits until a person opens the way again', async () => {
    expect(await meet410()).toBe(1);
    await notices.hurry();
    await look();
    await notices.deliverAll();
    expect(notices.receiver.received).toEqual([]);
    expect(await command('status')).toMatch(/^demo: CLOSED \(webhook\) since .*: HTTP 410; notices to it wait\n.*: 2/m);
    const registry = new Registry();
    gaugeAll(registry, database.db);
    expect(await registry.metrics()).toMatch(/^siaga_notify_closed_channels\{platform="demo"\} 1$/m);

    expect(await command('reopen', 'other')).toContain('no way to other was closed');
    expect(await command('reopen', 'demo', '--by', 'ani')).not.toContain('CLOSED');
    await notices.deliverAll();
    expect(notices.receiver.received).toHaveLength(2);
    const events = (await evidenceOf(database.db, 'demo')).map(({ event, body }) => [event, JSON.parse(body)]);
    expect(events).toEqual([
      ['channel-closed', { channel: 'webhook', reason: 'HTTP 410' }],
      ['channel-opened', { channel: 'webhook', by: 'ani' }],
    ]);
  });

  it('is tried again when the policy names another way', async () => {
    await meet410();
    await look(aPolicy(`${notices.receiver.url}/new`));
    expect(await closedChannels(database.db)).toEqual([]);
    await notices.deliverAll();
    expect(notices.receiver.received).toHaveLength(2);
  });
});
