drop table episode_links;
drop table episode_sponsors;
drop table episode_topics;
drop table episode_credits;
drop table episode_guests;
drop table episode_hosts;
drop table episodes;
