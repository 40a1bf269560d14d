import { randomUUID } from 'node:crypto';
import type { Category } from '@siaga/contracts';
import { insertFlag, openNotice, recordDecision, type Database } from '@siaga/storage';
import { aFlag } from '@siaga/testkit';
import { openCampaign } from '../running-feed.fixture.js';

const MINUTE_MS = 60_000;

/** What no report may hold: the words, the author, the address and the id of a post, who judged it, and what the platform said. */
export const SECRETS = {
  text: 'kalimat rahasia milik Bagus Prawiratama',
  author: 'c0ffee'.repeat(6).slice(0, 32),
  url: 'https://media.example/@bagusprawira/1234567',
  postId: 'media:bagusprawira-1234567',
  analyst: 'Analis Nurlaila',
  reason: 'alasan panjang dari moderator Wiryawan',
};

export interface Past {
  readonly platform: string;
  readonly category?: Category;
  readonly openedAt: string;
  /** Minutes after the opening; not delivered when not given. */
  readonly delivered?: number;
  /** State and minutes after the opening. */
  readonly answers?: readonly (readonly [state: string, at: number])[];
  /** Minutes after the opening; a day when not given. */
  readonly due?: number;
  /** Minutes from the delivery until the post was gone; null while it is still there. */
  readonly gone?: number | null;
  readonly judged?: 'confirm' | 'dismiss';
}

/** A notice as it went some time ago, with all that it must not tell in what surrounds it. */
export async function aPastNotice(db: Database, past: Past): Promise<void> {
  const { platform, category = 'hate', delivered, answers = [], due = 24 * 60, gone, judged } = past;
  const at = (minutes: number) => new Date(Date.parse(past.openedAt) + minutes * MINUTE_MS);
  const noticeId = randomUUID();
  const campaignId = await openCampaign(db, category);
  const post = {
    id: `${SECRETS.postId}-${noticeId}`,
    platform,
    text: SECRETS.text,
    author: SECRETS.author,
    url: SECRETS.url,
  };
  const flag = aFlag({ category, post });
  await insertFlag(db, flag, { campaignId, reported: true });
  await db.query('update flags set recorded_at = $2, flagged_at = $2 where flag_id = $1', [flag.flagId, at(0)]);
  await openNotice(db, {
    noticeId,
    campaignId,
    platform,
    category,
    urgency: 'urgent',
    dueAt: at(due),
    reviewedBy: SECRETS.analyst,
  });
  await db.query(`update notices set created_at = $2, answer_state = $3 where notice_id = $1`, [
    noticeId,
    at(0),
    answers.at(-1)?.[0] ?? null,
  ]);
  await db.query(
    `insert into deliveries (delivery_id, notice_id, revision, channel, state, payload, next_attempt_at, delivered_at)
     values ($1, $2, 1, 'webhook', $3, $4, $5, $6)`,
    [
      ...[randomUUID(), noticeId, delivered === undefined ? 'scheduled' : 'delivered', JSON.stringify(SECRETS), at(0)],
      delivered === undefined ? null : at(delivered),
    ],
  );
  for (const [state, minutes] of answers) {
    await db.query(
      'insert into answers (answer_id, notice_id, state, reason, received_at) values ($1, $2, $3, $4, $5)',
      [randomUUID(), noticeId, state, SECRETS.reason, at(minutes)],
    );
  }
  if (gone !== undefined && delivered !== undefined) {
    await db.query(
      `insert into watched_posts (notice_id, post_id, platform, url, host, state, captured_at, delivered_at, gone_at)
       values ($1, $2, $3, $4, 'media.example', $5, $6, $6, $7)`,
      [
        ...[noticeId, post.id, platform, SECRETS.url, gone === null ? 'up' : 'gone', at(delivered)],
        gone === null ? null : at(delivered + gone),
      ],
    );
  }
  if (judged) {
    const subject = { flagId: flag.flagId };
    await recordDecision(db, {
      ...{ decisionId: randomUUID(), subject, action: judged, reason: SECRETS.reason },
      ...{ decidedBy: SECRETS.analyst, decidedAt: at(5).toISOString() },
    });
  }
}
