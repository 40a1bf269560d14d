import type { Queryable } from './database.js';

/** Where a notice stands: its latest delivery and the platform's latest word. */
export interface NoticeState {
  readonly noticeId: string;
  readonly campaignId: string;
  readonly platform: string;
  readonly deliveryState: string | null;
  readonly answerState: string | null;
  readonly dueAt: Date;
  /** When the platform first had it. */
  readonly deliveredAt: Date | null;
}

/** Answers after which a notice is the analysts' again: it was wrong, or the platform waits for them. */
export const BACK_TO_US: readonly string[] = ['rejected', 'disputed', 'needs_info'];
/** Deliveries that go no further by themselves though the platform has not got them. */
export const STUCK: readonly string[] = ['failed', 'unsure', 'by-hand'];

/** Whether a person must look at a notice again: the platform sent it back, or it could not be delivered. */
export const needsAttention = ({
  answerState,
  deliveryState,
}: Pick<NoticeState, 'answerState' | 'deliveryState'>): boolean =>
  BACK_TO_US.includes(answerState ?? '') || STUCK.includes(deliveryState ?? '');

/** The notices of the campaigns that the latest `flags` flags belong to: those that someone may be looking at. */
export function recentNoticeStates(db: Queryable, flags: number): Promise<NoticeState[]> {
  return db.query<NoticeState>(
    `select n.notice_id as "noticeId", n.campaign_id as "campaignId", n.platform, d.state as "deliveryState",
            n.answer_state as "answerState", n.due_at as "dueAt", d.delivered_at as "deliveredAt"
       from (select distinct campaign_id from (select campaign_id from flags order by seq desc limit $1) latest) c
       join notices n using (campaign_id)
       left join lateral (
         select (array_agg(state order by revision desc))[1] as state, min(delivered_at) as delivered_at
           from deliveries where notice_id = n.notice_id and kind = 'notice'
       ) d on true`,
    [flags],
  );
}
