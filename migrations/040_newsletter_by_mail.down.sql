drop trigger news_issues_lock_version on news_issues;
alter table news_issues drop column announced_at;
create trigger news_issues_lock_version before update on news_issues
  for each row execute function count_lock_version('updated_at');

drop table issue_mails;
drop index subscriptions_id_index;

delete from unconfirmed_subscriptions where podcast_id is null;
alter table unconfirmed_subscriptions drop constraint unconfirmed_subscriptions_of_check;
alter table unconfirmed_subscriptions alter column podcast_id set not null;
delete from subscriptions where podcast_id is null;
alter table subscriptions drop constraint subscriptions_of_check;
alter table subscriptions alter column podcast_id set not null;
