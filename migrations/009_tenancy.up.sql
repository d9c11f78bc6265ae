-- Every row of a podcast says whose it is, and a key with the podcast in it lets none lie under another podcast's row.
alter table episode_hosts add column podcast_id bigint;
alter table episode_guests add column podcast_id bigint;
alter table episode_credits add column podcast_id bigint;
alter table episode_topics add column podcast_id bigint;
alter table episode_sponsors add column podcast_id bigint;
alter table episode_links add column podcast_id bigint;
alter table chapters add column podcast_id bigint;
alter table transcripts add column podcast_id bigint;
alter table transcript_cues add column podcast_id bigint;

update episode_hosts set podcast_id = episodes.podcast_id from episodes where episodes.id = episode_id;
update episode_guests set podcast_id = episodes.podcast_id from episodes where episodes.id = episode_id;
update episode_credits set podcast_id = episodes.podcast_id from episodes where episodes.id = episode_id;
update episode_topics set podcast_id = episodes.podcast_id from episodes where episodes.id = episode_id;
update episode_sponsors set podcast_id = episodes.podcast_id from episodes where episodes.id = episode_id;
update episode_links set podcast_id = episodes.podcast_id from episodes where episodes.id = episode_id;
update chapters set podcast_id = episodes.podcast_id from episodes where episodes.id = episode_id;
update transcripts set podcast_id = episodes.podcast_id from episodes where episodes.id = episode_id;
update transcript_cues set podcast_id = transcripts.podcast_id from transcripts where transcripts.id = transcript_id;

create unique index episodes_id_podcast_id_index on episodes (id, podcast_id);
create unique index transcripts_id_podcast_id_index on transcripts (id, podcast_id);

alter table episode_hosts
  alter column podcast_id set not null,
  drop constraint episode_hosts_episode_id_fkey,
  add constraint episode_hosts_episode_id_fkey
    foreign key (episode_id, podcast_id) references episodes (id, podcast_id) on delete cascade;
alter table episode_guests
  alter column podcast_id set not null,
  drop constraint episode_guests_episode_id_fkey,
  add constraint episode_guests_episode_id_fkey
    foreign key (episode_id, podcast_id) references episodes (id, podcast_id) on delete cascade;
alter table episode_credits
  alter column podcast_id set not null,
  drop constraint episode_credits_episode_id_fkey,
  add constraint episode_credits_episode_id_fkey
    foreign key (episode_id, podcast_id) references episodes (id, podcast_id) on delete cascade;
alter table episode_topics
  alter column podcast_id set not null,
  drop constraint episode_topics_episode_id_fkey,
  add constraint episode_topics_episode_id_fkey
    foreign key (episode_id, podcast_id) references episodes (id, podcast_id) on delete cascade;
alter table episode_sponsors
  alter column podcast_id set not null,
  drop constraint episode_sponsors_episode_id_fkey,
  add constraint episode_sponsors_episode_id_fkey
    foreign key (episode_id, podcast_id) references episodes (id, podcast_id) on delete cascade;
alter table episode_links
  alter column podcast_id set not null,
  drop constraint episode_links_episode_id_fkey,
  add constraint episode_links_episode_id_fkey
    foreign key (episode_id, podcast_id) references episodes (id, podcast_id) on delete cascade;
alter table chapters
  alter column podcast_id set not null,
  drop constraint chapters_episode_id_fkey,
  add constraint chapters_episode_id_fkey
    foreign key (episode_id, podcast_id) references episodes (id, podcast_id) on delete cascade;
alter table transcripts
  alter column podcast_id set not null,
  drop constraint transcripts_episode_id_fkey,
  add constraint transcripts_episode_id_fkey
    foreign key (episode_id, podcast_id) references episodes (id, podcast_id) on delete cascade;
alter table transcript_cues
  alter column podcast_id set not null,
  drop constraint transcript_cues_transcript_id_fkey,
  add constraint transcript_cues_transcript_id_fkey
    foreign key (transcript_id, podcast_id) references transcripts (id, podcast_id) on delete cascade;
