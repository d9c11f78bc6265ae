drop table preview_links;
drop table podcast_slugs;
drop table episode_slugs;
alter table episodes drop column appeared_at, drop column first_published_at;
