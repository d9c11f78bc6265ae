drop table webhook_steps;
drop table webhook_events;
drop table memberships;
