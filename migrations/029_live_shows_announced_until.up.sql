-- How long everybody is told of a show that is not on air: some hours after it was to begin, a day after it was over. Null on air.
alter table live_shows add column announced_until timestamptz;

update live_shows
set announced_until = case
  when ended_at is not null then ended_at + interval '24 hours'
  when went_live_at is null then starts_at + interval '6 hours'
end;
