drop table member_feed_podcasts;
drop table member_feeds;
