alter table transcript_cues
  drop constraint transcript_cues_transcript_id_fkey,
  add constraint transcript_cues_transcript_id_fkey foreign key (transcript_id) references transcripts on delete cascade;
alter table episode_hosts
  drop constraint episode_hosts_episode_id_fkey,
  add constraint episode_hosts_episode_id_fkey foreign key (episode_id) references episodes on delete cascade;
alter table episode_guests
  drop constraint episode_guests_episode_id_fkey,
  add constraint episode_guests_episode_id_fkey foreign key (episode_id) references episodes on delete cascade;
alter table episode_credits
  drop constraint episode_credits_episode_id_fkey,
  add constraint episode_credits_episode_id_fkey foreign key (episode_id) references episodes on delete cascade;
alter table episode_topics
  drop constraint episode_topics_episode_id_fkey,
  add constraint episode_topics_episode_id_fkey foreign key (episode_id) references episodes on delete cascade;
alter table episode_sponsors
  drop constraint episode_sponsors_episode_id_fkey,
  add constraint episode_sponsors_episode_id_fkey foreign key (episode_id) references episodes on delete cascade;
alter table episode_links
  drop constraint episode_links_episode_id_fkey,
  add constraint episode_links_episode_id_fkey foreign key (episode_id) references episodes on delete cascade;
alter table chapters
  drop constraint chapters_episode_id_fkey,
  add constraint chapters_episode_id_fkey foreign key (episode_id) references episodes on delete cascade;
alter table transcripts
  drop constraint transcripts_episode_id_fkey,
  add constraint transcripts_episode_id_fkey foreign key (episode_id) references episodes on delete cascade;

drop index transcripts_id_podcast_id_index;
drop index episodes_id_podcast_id_index;

alter table episode_hosts drop column podcast_id;
alter table episode_guests drop column podcast_id;
alter table episode_credits drop column podcast_id;
alter table episode_topics drop column podcast_id;
alter table episode_sponsors drop column podcast_id;
alter table episode_links drop column podcast_id;
alter table chapters drop column podcast_id;
alter table transcripts drop column podcast_id;
alter table transcript_cues drop column podcast_id;
