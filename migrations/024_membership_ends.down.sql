alter table webhook_events drop column forgotten_at;
drop table community_invite_mails;
alter table community_accounts drop column ended_mailed_at, drop column left_at;
