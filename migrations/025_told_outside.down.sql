alter table subscriptions drop column refused;

alter table webhook_endpoints
  drop column previous_secret,
  drop column previous_secret_until,
  drop column stopped_at,
  drop column failing_since;

drop trigger episodes_chapters_replaced on episodes;
drop trigger episodes_changed on episodes;
drop function tell_of_changed_episode;
