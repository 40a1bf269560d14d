import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@siaga/runtime';
import {
  holdCampaign,
  insertCampaign,
  openNotice,
  releaseCampaign,
  verifyEvidence,
  type Database,
} from '@siaga/storage';
import { useDatabase } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { runRetention } from '../cli/run-retention.js';
import { notifyMetrics } from '../metrics.js';
import { applyRetention } from './apply-retention.js';
import { whereIsText } from './whole-database.fixture.js';

const FLAGS = 200_000;
/** A fifth is old; of the old ones half may go, a quarter is under a legal hold and a quarter is in an open notice. */
const OLD = FLAGS / 5;
const PATIENCE = 900_000;

const database = useDatabase();
const log = createLogger('test', 'silent');
const metrics = notifyMetrics(new Registry());
const retain = (db: Database) =>
  applyRetention({ db, policy: () => ({}), metrics, log, restMs: 0, pauseMs: 0 }, new AbortController().signal);

async function campaign(db: Database): Promise<string> {
  const campaignId = randomUUID();
  await insertCampaign(db, { campaignId, category: 'hate', signature: [1], bands: [1] });
  return campaignId;
}
async function notice(db: Database, campaignId: string, dueAt: Date): Promise<string> {
  const noticeId = randomUUID();
  await openNotice(db, { noticeId, campaignId, platform: 'demo', category: 'hate', urgency: 'normal', dueAt });
  return noticeId;
}
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

/** Many flags of one text in one statement. */
const fill = (
  db: Database,
  { campaignId, word, count, days }: { campaignId: string; word: string; count: number; days: number },
) =>
  db.query(
    `insert into flags (flag_id, campaign_id, reported, post_id, category, platform, url, author, text, text_sha256, source, score,
                        threshold, escalate_threshold, scores, model_name, model_version, reasons, created_at, seen_at, flagged_at,
                        recorded_at)
     select $2 || n || '#hate', $1, false, $2 || n, 'hate', 'demo', 'http://demo.invalid/' || n, 'author-of-' || $2 || n,
            'kalimat ' || $2 || ' nomor ' || n, md5(n::text), 'test', 0.9, 0.5, 0.8, '{}', 'm', '1',
            jsonb_build_array(jsonb_build_object('kind', 'token', 'token', $2, 'weight', 1)), t, t, t, t
       from generate_series(1, $3::int) n, (select now() - make_interval(days => $4::int) as t) age`,
    [campaignId, word, count, days],
  );

describe('retention', () => {
  beforeEach(async () => {
    await database.db.query('truncate campaigns, sessions, api_tokens, retention_classes, erasures cascade');
  });

  it(
    `leaves nothing of ${OLD / 2} texts among ${FLAGS} flags, and touches no other`,
    async () => {
      const { db } = database;
      const [free, held, open] = [await campaign(db), await campaign(db), await campaign(db)];
      await holdCampaign(db, { campaignId: held, by: 'jaksa', reason: 'perkara' });
      await notice(db, open, inDays(1));
      const step = OLD / 4;
      for (let at = 0; at < FLAGS - OLD; at += step)
        await fill(db, { campaignId: free, word: `zzbaru${at / step}x`, count: step, days: 10 });
      await fill(db, { campaignId: free, word: 'zzhilangsatux', count: step, days: 91 });
      await fill(db, { campaignId: free, word: 'zzhilangduax', count: step, days: 400 });
      await fill(db, { campaignId: held, word: 'zztahanx', count: step, days: 400 });
      await fill(db, { campaignId: open, word: 'zzterbukax', count: step, days: 400 });
      const sum = `select count(*)::int as count, count(*) filter (where text <> '')::int as texts,
        md5(string_agg(flag_id || text_sha256 || score, ',' order by flag_id)) as facts from flags`;
      const [before] = await db.query<{ count: number; texts: number; facts: string }>(sum);
      expect(before!.count).toBe(FLAGS);
      await retain(db);
      const [after] = await db.query(sum);
      expect(after).toEqual({ ...before, texts: FLAGS - OLD / 2 });
      // What was flagged is still known; what it said and who said it is nowhere.
      for (const text of ['kalimat zzhilang', 'author-of-zzhilang', "'zzhilang", 'token"": ""zzhilang'])
        expect(await whereIsText(db, text)).toEqual({});
      for (const word of ['zztahanx', 'zzterbukax', 'zzbaru0x'])
        expect((await whereIsText(db, `kalimat ${word}`)).flags).toBe(step);
      // Live readers are told of each, in an order of its own.
      const [told] = await db.query<{ count: number; after: boolean }>(
        `select count(distinct removed_seq)::int as count, min(removed_seq) > max(seq) as after from flags`,
      );
      expect(told).toEqual({ count: OLD / 2, after: true });
      // Counts and hashes in the evidence, whose chain is whole.
      const rows = await db.query<{ body: string }>(`select body from evidence where event = 'retention-applied'`);
      const bodies = rows.map(({ body }) => JSON.parse(body) as { count: number; idsSha256: string });
      expect(bodies.reduce((total, { count }) => total + count, 0)).toBe(OLD / 2);
      expect(bodies.every(({ idsSha256 }) => /^[0-9a-f]{64}$/.test(idsSha256))).toBe(true);
      expect((await verifyEvidence(db)).whole).toBe(true);
    },
    PATIENCE,
  );

  it('is shared by workers that start at once, which remove each thing once', async () => {
    const { db } = database;
    await fill(db, { campaignId: await campaign(db), word: 'zzbersamax', count: 1_000, days: 100 });
    await Promise.all([retain(db), retain(db), retain(db)]);
    const [{ removed } = { removed: 0 }] = await db.query<{ removed: number }>(
      `select removed::int as removed from retention_classes where class = 'posts'`,
    );
    expect(removed).toBe(1_000);
    expect(await whereIsText(db, 'kalimat zzbersamax')).toEqual({});
  });

  it('removes the other classes by their days, and nothing that an open notice or a hold needs', async () => {
    const { db } = database;
    const [over, open, held] = [await campaign(db), await campaign(db), await campaign(db)];
    await holdCampaign(db, { campaignId: held, by: 'jaksa', reason: 'perkara' });
    for (const campaignId of [over, open, held]) {
      await fill(db, { campaignId, word: `zz${campaignId.slice(0, 8)}x`, count: 2, days: 1_200 });
      await db.query(
        `insert into decisions (decision_id, flag_id, action, reason, decided_by, decided_at)
         select 'd' || flag_id, flag_id, 'confirm', 'zzalasan', 'ana', now() - interval '1200 days' from flags where campaign_id = $1`,
        [campaignId],
      );
      const id = await notice(db, campaignId, campaignId === open ? inDays(1) : inDays(-1_190));
      await db.query(
        `insert into deliveries (delivery_id, notice_id, revision, channel, state, payload, next_attempt_at, created_at)
         values ($1, $2, 1, 'webhook', 'delivered', '{"explanation": "zzbunyi"}', now(), now() - interval '1200 days')`,
        [randomUUID(), id],
      );
      await db.query(
        `insert into answers (answer_id, notice_id, state, reason, received_at)
         values ($1, $2, 'actioned', 'zzjawab', now() - interval '1190 days')`,
        [randomUUID(), id],
      );
      if (campaignId !== open)
        await db.query(`update notices set answer_state = 'actioned' where notice_id = $1`, [id]);
    }
    const counts = async () => ({
      payloads: (await whereIsText(db, 'zzbunyi')).deliveries ?? 0,
      answers: (await whereIsText(db, 'zzjawab')).answers ?? 0,
      flags: (await db.query('select from flags')).length,
      notices: (await db.query('select from notices')).length,
    });
    expect(await counts()).toEqual({ payloads: 3, answers: 3, flags: 6, notices: 3 });
    await retain(db);
    // The texts first: their rows go when readers have been told for a week.
    expect(await counts()).toEqual({ payloads: 2, answers: 2, flags: 6, notices: 2 });
    await db.query(`update flags set removed_at = now() - interval '8 days' where removed_at is not null`);
    await db.query(`update campaigns set created_at = now() - interval '1200 days'`);
    await retain(db);
    await retain(db);
    expect(await counts()).toEqual({ payloads: 2, answers: 2, flags: 4, notices: 2 });
    expect((await db.query('select from campaigns where campaign_id = $1', [over])).length).toBe(0);
    await releaseCampaign(db, { campaignId: held, by: 'jaksa' });
    await retain(db);
    expect(await counts()).toMatchObject({ payloads: 1, answers: 1, notices: 1 });
  });

  it('keeps a reported flag that was moved to another campaign while the notice that names it is open', async () => {
    const { db } = database;
    const [reportedIn, livesIn] = [await campaign(db), await campaign(db)];
    await notice(db, reportedIn, inDays(1));
    await fill(db, { campaignId: livesIn, word: 'zzpindahx', count: 2, days: 100 });
    await db.query(`update flags set reported = true, reported_in = $1 where flag_id = 'zzpindahx1#hate'`, [
      reportedIn,
    ]);
    await retain(db);
    expect(await db.query(`select flag_id from flags where text <> ''`)).toEqual([{ flag_id: 'zzpindahx1#hate' }]);
  });

  it('is planned, run, held and told of by a command', async () => {
    const { db, url } = database;
    const campaignId = await campaign(db);
    await fill(db, { campaignId, word: 'zzperintahx', count: 3, days: 100 });
    const run = async (...words: string[]) => {
      const lines: string[] = [];
      await runRetention(words, { databaseUrl: url, print: (line) => lines.push(line) });
      return lines.join('\n');
    };
    expect(await run('plan')).toMatch(/^ +3 {2}posts, after 90 days/m);
    await run('hold', campaignId, '--reason', 'perkara');
    expect(await run('plan')).toMatch(/^ +0 {2}posts/m);
    await run('release', campaignId);
    expect(await run('run')).toMatch(/^ +3 {2}posts$/m);
    expect(await run('run')).toBe('nothing was older than it may be');
    expect(await run('status')).toMatch(/^ +3 {2}posts, last seen to 20/m);
    await expect(run('hold', campaignId)).rejects.toThrow('say why');
  });
});
