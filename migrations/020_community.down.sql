drop table slack_events;
drop table community_notices;
drop table community_accounts;
drop table community_settings;
