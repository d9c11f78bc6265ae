alter table kept_mails drop column reply_to;
alter table podcasts drop column takes_requests, drop column notes_template;
alter table settings
  drop column reply_email,
  drop column mastodon_url,
  drop column bluesky_url,
  drop column youtube_url,
  drop column instagram_url,
  drop column linkedin_url,
  drop column github_url,
  drop column imprint,
  drop column imprint_html,
  drop column privacy,
  drop column privacy_html,
  drop column terms,
  drop column terms_html,
  drop column guest_guide,
  drop column guest_guide_html;
