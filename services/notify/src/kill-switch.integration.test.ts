import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { evidenceOf, switchSending } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { runNotices } from './cli/run-notices.js';
import { gaugeAll } from './gauges.js';
import { startNotices, type Notices } from './notices.fixture.js';

const database = useDatabase();
let notices: Notices;

beforeEach(async () => {
  notices = await startNotices(database);
  await switchSending(database.db, { stopped: false, by: 'test' });
});
afterEach(() => notices.close());

async function command(...args: string[]) {
  const printed: string[] = [];
  const exitCode = await runNotices(args, { databaseUrl: database.url, print: (text) => printed.push(text) });
  return { exitCode, printed: printed.join('\n') };
}

describe('the kill switch', () => {
  it('stops all sending at once, loses nothing that is queued, and lets it all go on', async () => {
    await notices.record([aFlag({ post: { text: 'usir semua pendatang dari kampung ini' } })]);
    expect((await command('stop', '--by', 'ani', '--reason', 'salah blokir')).printed).toMatch(
      /^sending: STOPPED, by ani at .*: salah blokir\nscheduled: 1, 1 of them due/,
    );
    await notices.record([aFlag({ post: { text: 'mereka semua pencuri dan harus diusir besok' } })]);
    await notices.deliverAll();
    expect(notices.receiver.received).toEqual([]);
    expect((await command('stop')).printed).toMatch(/^sending was stopped already\nsending: STOPPED, by ani/);

    expect((await command('resume', '--by', 'budi')).printed).toMatch(/^sending: on, by budi/);
    await notices.deliverAll();
    expect(notices.receiver.received).toHaveLength(2);
    expect((await command('status')).printed).toContain('delivered: 2');
    const events = await evidenceOf(database.db, 'sending');
    expect(events.slice(-2).map(({ event }) => event)).toEqual(['sending-stopped', 'sending-resumed']);
  });

  it('shows in the metrics, with what waits', async () => {
    const registry = new Registry();
    gaugeAll(registry, database.db);
    await notices.record([aFlag()]);
    await command('stop');
    const text = await registry.metrics();
    expect(text).toMatch(/^siaga_notify_sending_stopped 1$/m);
    expect(text).toMatch(/^siaga_notify_deliveries\{state="scheduled"\} 1$/m);
    await command('resume');
    expect(await registry.metrics()).toMatch(/^siaga_notify_sending_stopped 0$/m);
  });

  it('says what to do when called wrongly', async () => {
    expect((await command()).exitCode).toBe(2);
    expect((await command('--help')).exitCode).toBe(0);
    await expect(command('halt')).rejects.toThrow('--help');
    await expect(runNotices(['status'], { print: () => undefined })).rejects.toThrow('npm start');
  });
});
