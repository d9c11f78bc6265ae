drop table feed_agents;
drop table download_salts;
drop table download_pieces;
drop table download_counts;
