drop table comment_mails;
drop table comment_follows;
drop table commenters;
drop table comments;
drop table news_issue_items;
drop table news_issues;
drop table news_item_topics;
drop table news_items;
drop table news_sources;

drop function tell_changes_of_news_sources();
drop function tell_changes_of_news_items();
drop function tell_changes_of_news_item_topics();
drop function tell_changes_of_news_issues();
drop function tell_changes_of_news_issue_items();
drop function tell_changes_of_comments();
