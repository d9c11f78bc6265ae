drop table unconfirmed_requests;
drop table request_links;
drop table request_messages;
alter table episodes drop column request_id;
drop table episode_requests;
