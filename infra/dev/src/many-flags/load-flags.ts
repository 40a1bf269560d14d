import { openDatabase, type Queryable } from '@siaga/storage';
import { flagHistory, type MadeFlag } from './flag-history.js';

const ROWS_AT_ONCE = 5_000;

/** Values of a made-up flag, by the column and type of the row that they travel in. */
const SENT: Readonly<Record<string, (flag: MadeFlag) => string | number | boolean | null>> = {
  'number int': ({ number }) => number,
  'campaign_id uuid': ({ campaignId }) => campaignId,
  'opens boolean': ({ opens }) => opens,
  'category text': ({ category }) => category,
  'platform text': ({ platform }) => platform,
  'language text': ({ language }) => language,
  'author text': ({ author }) => author,
  'body text': ({ text }) => text,
  'score float8': ({ score }) => score,
  'label text': ({ label }) => label,
  'at timestamptz': ({ at }) => at.toISOString(),
};
const NAMES = Object.keys(SENT).map((column) => column.split(' ')[0]);
const ARRAYS = Object.keys(SENT).map((column, i) => `$${i + 1}::${column.split(' ')[1]}[]`);

const MADE = `unnest(${ARRAYS.join()}) as made (${NAMES.join()})`;

/** A fifth of the alerts and all audited posts have been looked at. */
const REVIEW = `case when campaign_id is not null and number % 5 > 0 then 'open' else
  case number / 5 % 20 when 0 then 'dismissed' when 1 then 'escalated' else 'confirmed' end end`;

/** What writes a batch, each over the same rows: a campaign exists before its members do. */
const INSERTS = [
  `insert into campaigns (campaign_id, category, signature, created_at) select campaign_id, category, '{1}', at from ${MADE} where opens`,
  `insert into flags (flag_id, campaign_id, reported, post_id, category, platform, url, author, language, text, text_sha256,
     source, score, threshold, escalate_threshold, scores, labels, model_name, model_version, reasons, created_at, seen_at,
     flagged_at, recorded_at, audit_share, review_state, review_seq, reviewed_itself)
   select 'made:' || number || '#' || case when campaign_id is null then 'audit' else category end, campaign_id,
          score >= 0.95 and campaign_id is not null, 'made:' || number, category, platform,
          'https://' || platform || '/p/' || number, author, language, body, md5(body) || md5(number::text), 'made', score, 0.5, 0.95,
          jsonb_build_object('hoax', 0.1, 'hate', 0.1, 'bullying', 0.1, category, score), jsonb_build_object(label, 0.8, 'abusive', 0.3),
          'made', '1', (select jsonb_agg(jsonb_build_object('kind', 'token', 'token', word, 'weight', 1.25))
             from unnest((string_to_array(body, ' '))[1:5]) word),
          at - make_interval(mins => number * 7 % 600), at, at, at, case when campaign_id is null then 0.02 end,
          ${REVIEW}, case when ${REVIEW} <> 'open' then number + 1 end, ${REVIEW} <> 'open'
     from ${MADE} order by number`,
];

/** Fills a migrated, empty database with an invented history. Indexes are built afterwards, which takes half the time. */
export async function loadFlags(url: string, count: number, say: (message: string) => void): Promise<void> {
  const db = openDatabase(url, { applicationName: 'many-flags', poolSize: 1 });
  try {
    await db.query(`set statement_timeout = 0`);
    await db.query(`set maintenance_work_mem = '512MB'`);
    const indexes = await db.query<{ name: string; sql: string }>(
      `select c.relname as name, pg_get_indexdef(i.indexrelid) as sql from pg_index i join pg_class c on c.oid = i.indexrelid
        where i.indrelid = 'flags'::regclass and not exists (select from pg_constraint where conindid = i.indexrelid)`,
    );
    if (indexes.length > 0) await db.query(`drop index ${indexes.map(({ name }) => name).join()}`);
    await insertFlags(db, count, say);
    say('indexes');
    for (const { sql } of indexes) await db.query(sql);
    say('notices and decisions');
    for (const sql of AROUND) await db.query(sql);
    await db.query('vacuum (analyze)');
  } finally {
    await db.close();
  }
}

async function insertFlags(db: Queryable, count: number, say: (message: string) => void): Promise<void> {
  let batch: MadeFlag[] = [];
  const write = async () => {
    const values = Object.values(SENT).map((valueOf) => batch.map(valueOf));
    for (const insert of INSERTS) await db.query(insert, values);
    batch = [];
  };
  for (const flag of flagHistory(count, { end: new Date() })) {
    batch.push(flag);
    if (batch.length === ROWS_AT_ONCE) await write();
    if (flag.number % 100_000 === 0) say(`${flag.number} of ${count} flags`);
  }
  await write();
}

/** What people and platforms did about the flags. What is older than two months is nearly all settled. */
const AROUND = [
  `insert into notices (notice_id, campaign_id, platform, category, urgency, due_at, created_at, answer_state)
   select gen_random_uuid(), campaign_id, platform, min(category), 'urgent', min(recorded_at) + interval '4 hours', min(recorded_at),
          case when min(recorded_at) < now() - interval '60 days'
               then case abs(hashtext(campaign_id::text)) % 50 when 0 then 'rejected' when 1 then null else 'actioned' end
               else (array['rejected', 'under_review', 'disputed', null, 'received', 'actioned'])[1 + abs(hashtext(campaign_id::text)) % 6]
          end
     from flags where reported group by campaign_id, platform`,
  `insert into deliveries (delivery_id, notice_id, revision, channel, state, next_attempt_at, created_at, delivered_at)
   select gen_random_uuid(), notice_id, 1, 'webhook', case when answer_state is null then 'by-hand' else 'delivered' end, created_at,
          created_at, case when answer_state is not null then created_at + interval '1 minute' end
     from notices`,
  `insert into decisions (decision_id, seq, flag_id, action, categories, decided_by, decided_at)
   overriding system value
   select gen_random_uuid(), review_seq, flag_id,
          case review_state when 'dismissed' then 'dismiss' when 'escalated' then 'escalate' else 'confirm' end,
          case when audit_share is not null then '{}'::text[] end, 'analyst-' || seq % 7, recorded_at + interval '1 hour'
     from flags where review_seq is not null order by seq`,
  `select setval(pg_get_serial_sequence('decisions', 'seq'), (select max(seq) from decisions))`,
];
