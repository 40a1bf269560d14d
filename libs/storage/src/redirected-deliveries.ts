import type { Queryable } from './database.js';
import { afterSql, REDIRECTABLE_SQL } from './delivery-states.js';

/** A platform's other way, and when it is taken. */
export interface OtherWay {
  readonly platform: string;
  /** The name that deliveries carry on it. */
  readonly channel: string;
  /** Of the time between a notice's opening and its deadline, the share that is left when it is taken. */
  readonly share: number;
}

export interface RedirectedDelivery {
  readonly deliveryId: string;
  readonly noticeId: string;
  readonly platform: string;
  readonly revision: number;
  readonly attempts: number;
  readonly from: string;
  readonly to: string;
  /** `closed`: its channel takes no more; `refused`: the platform never will take it so; `failing`: no attempt has succeeded. */
  readonly why: 'closed' | 'refused' | 'failing';
}

const BATCH = 100;

/**
 * Sends another way what surely has not arrived in its own when its deadline nears. The delivery itself moves, with its id and
 * its bytes: a revision has one row whichever way it goes, so it cannot go both. Where any attempt or any call of it may have
 * arrived, or while nothing is sent at all, it stays.
 *
 * @param now of the database when not given
 */
export function redirectDeliveries(
  tx: Queryable,
  ways: readonly OtherWay[],
  now?: Date,
): Promise<RedirectedDelivery[]> {
  const column = <K extends keyof OtherWay>(name: K) => ways.map((way) => way[name]);
  return tx.query<RedirectedDelivery>(
    `with clock as (select coalesce($4::timestamptz, now()) as now),
     late as (
       select d.delivery_id, d.channel as "from", way.channel as "to", n.platform,
              case when shut.platform is not null then 'closed' when d.state = 'failed' then 'refused' else 'failing' end as why
         from unnest($1::text[], $2::text[], $3::double precision[]) as way (platform, channel, share)
         join notices n on n.platform = way.platform
         join deliveries d on d.notice_id = n.notice_id
         left join closed_channels shut on shut.platform = n.platform and shut.channel = d.channel
        cross join clock
        where d.kind = 'notice' and d.state in ${REDIRECTABLE_SQL} and not d.doubted and d.channel <> way.channel
          and (d.last_error is not null or shut.platform is not null)
          -- What was given up is taken up again for as long as it can be in time; the rest is tried after that, too.
          and (d.state <> 'failed' or (d.payload is not null and d.due_at > clock.now))
          and d.due_at - clock.now <= (n.due_at - n.created_at - n.paused) * way.share
          and n.paused_at is null and n.answer_state is distinct from 'rejected'
          and not (select stopped from sending_switch)
          and not exists (select from closed_channels c where c.platform = n.platform and c.channel = way.channel)
          and not exists (select from delivery_parts p where p.delivery_id = d.delivery_id)
          and not exists (select from deliveries o where o.notice_id = d.notice_id and o.revision = d.revision
                             and o.kind = 'notice' and o.delivery_id <> d.delivery_id)
        order by d.due_at limit ${BATCH} for update of d skip locked
     )
     update deliveries d
        set state = ${afterSql('redirected', 'd.state')}, channel = late."to", next_attempt_at = now(), last_error = null
       from late where d.delivery_id = late.delivery_id
     returning d.delivery_id as "deliveryId", d.notice_id as "noticeId", late.platform, d.revision, d.attempts, late."from",
       late."to", late.why`,
    [column('platform'), column('channel'), column('share'), now ?? null],
  );
}
