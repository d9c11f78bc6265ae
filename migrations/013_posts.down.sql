drop table post_slugs;
drop table post_topics;
drop table posts;
