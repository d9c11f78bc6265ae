drop table popular_episodes;
drop function tell_changes_of_popular_episodes();
alter table episodes drop column featured;
