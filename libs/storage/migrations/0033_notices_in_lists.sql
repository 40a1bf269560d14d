-- Up Migration

-- Nearly all notices are settled after a while; people read those that are not, and those that wait for a person.
create index notices_open on notices (due_at, notice_id)
  where not coalesce(answer_state = any('{actioned,rejected}'), false);
create index notices_back_to_us on notices (notice_id)
  where coalesce(answer_state = any('{rejected,disputed,needs_info}'), false);
create index deliveries_stuck on deliveries (notice_id) where coalesce(state = any('{failed,unsure,by-hand}'), false);

-- Down Migration

drop index deliveries_stuck, notices_back_to_us, notices_open;

