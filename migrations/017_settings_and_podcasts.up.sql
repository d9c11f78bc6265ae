-- What the network says of itself besides: where else it is, what the law wants said, what guests should know.
alter table settings
  add column reply_email text,
  add column mastodon_url text,
  add column bluesky_url text,
  add column youtube_url text,
  add column instagram_url text,
  add column linkedin_url text,
  add column github_url text,
  add column imprint text,
  add column imprint_html text,
  add column privacy text,
  add column privacy_html text,
  add column terms text,
  add column terms_html text,
  add column guest_guide text,
  add column guest_guide_html text,
  add constraint settings_reply_email_check check (reply_email ~ '^[^@ ]+@[^ ]+$'),
  add constraint settings_mastodon_url_check check (mastodon_url ~ '^https?://'),
  add constraint settings_bluesky_url_check check (bluesky_url ~ '^https?://'),
  add constraint settings_youtube_url_check check (youtube_url ~ '^https?://'),
  add constraint settings_instagram_url_check check (instagram_url ~ '^https?://'),
  add constraint settings_linkedin_url_check check (linkedin_url ~ '^https?://'),
  add constraint settings_github_url_check check (github_url ~ '^https?://');

alter table podcasts
  -- What the notes of a new episode begin with.
  add column notes_template text,
  -- Whether it is among those that anybody may ask for an episode.
  add column takes_requests boolean not null default false;

-- Where answers to a mail go, if not to its sender.
alter table kept_mails add column reply_to text;
