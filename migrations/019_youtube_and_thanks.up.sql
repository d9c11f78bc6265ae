alter table podcasts
  -- What stands below a video of an episode; null for what is usual.
  add column youtube_template text;

alter table episodes
  add column youtube_url text,
  -- Whether its guests are thanked by mail when it appears.
  add column thanks_guests boolean not null default true,
  add constraint episodes_youtube_url_check check (youtube_url ~ '^https://');

-- When the mail was written that thanks a guest: there is one.
alter table episode_guests add column thanked_at timestamptz;
