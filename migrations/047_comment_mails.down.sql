alter table unconfirmed_subscriptions drop constraint unconfirmed_subscriptions_context_check;
update unconfirmed_subscriptions set context = case context
  when 'newsletter' then 'On a page of the newsletter.'
  when 'podcast' then 'On the page of the podcast.'
  else 'On the page of the episode.'
end;

alter table subscriptions drop constraint subscriptions_context_check, drop constraint subscriptions_said_check;
update subscriptions set context = case context
  when 'podcast' then 'On the page of the podcast.'
  when 'episode' then 'On the page of the episode.'
  when 'newsletter' then 'On a page of the newsletter.'
  when 'account' then 'On your account’s page.'
  when 'mistake' then 'After unsubscribing by mistake.'
  else said
end;
alter table subscriptions drop column said;

drop table unwanted_comment_mails;
