alter table uploads drop column via;
alter table activities drop column via;
drop table api_creations;
drop table api_token_podcasts;
drop table api_tokens;
