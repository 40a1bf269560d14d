import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { removePosts } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import { runEvidence } from './cli/run-evidence.js';
import { startNotices, type Notices } from './notices.fixture.js';

const database = useDatabase();
let notices: Notices;

beforeEach(async () => {
  notices = await startNotices(database);
});
afterEach(() => notices.close());

async function evidence(...args: string[]) {
  const printed: string[] = [];
  const exitCode = await runEvidence(args, { databaseUrl: database.url, print: (text) => printed.push(text) });
  return { exitCode, printed };
}

const eventsOf = async (subject: string) =>
  (await evidence('show', subject)).printed.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('evidence', () => {
  it('tells what happened to a flag and its notice, holds no text, and outlives it', async () => {
    const flag = aFlag({ post: { text: 'usir semua pendatang dari kampung kita' } });
    await notices.record([flag]);
    notices.receiver.behave = (attempt) => (attempt === 1 ? 'cut' : 'accept');
    await notices.deliverAll();
    await notices.hurry();
    await notices.deliverAll();
    await database.db.transaction((tx) => removePosts(tx, [{ what: 'post', postId: flag.post.id }]));

    const ofFlag = await eventsOf(flag.flagId);
    expect(ofFlag.map(({ event }) => event)).toEqual(['flag-recorded', 'text-removed']);
    expect(ofFlag[0]).toMatchObject({ textSha256: flag.textSha256, score: flag.score, reported: true });
    const noticeId = String(notices.receiver.received[0]?.body.notice_id);
    expect((await eventsOf(noticeId)).map(({ event }) => event)).toEqual([
      ...['notice-opened', 'delivery-uncertain', 'delivery-made'],
    ]);
    const bodies = await database.db.query<{ body: string }>('select body from evidence');
    expect(bodies.map(({ body }) => body).join()).not.toContain('pendatang');
    expect(await evidence('verify')).toMatchObject({ exitCode: 0 });
  });

  it('names the row that somebody has changed, and exits 1', async () => {
    await notices.record([aFlag(), aFlag(), aFlag()]);
    const { printed } = await evidence('head');
    await database.db.query('alter table evidence disable trigger append_only');
    await database.db.query(`update evidence set body = replace(body, '0.97', '0.57') where seq = 3`);
    await database.db.query('alter table evidence enable trigger append_only');
    const verdict = await evidence('verify', '--expect', String(printed[0]));
    expect(verdict).toMatchObject({ exitCode: 1, printed: [expect.stringContaining('BROKEN at row 3')] });
  });

  it('says what to do when called wrongly', async () => {
    expect((await evidence()).exitCode).toBe(2);
    expect((await evidence('--help')).exitCode).toBe(0);
    await expect(evidence('verify', '--expect', 'x')).rejects.toThrow('ROW:HASH');
    await expect(evidence('burn')).rejects.toThrow('--help');
    await expect(evidence('show', 'nobody')).rejects.toThrow('tells nothing of nobody');
  });
});
