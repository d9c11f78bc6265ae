drop table podcast_credits;
drop table podcast_topics;
drop table podcast_hosts;
drop table podcasts;
