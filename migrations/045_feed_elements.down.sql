drop trigger feeds_news_sources on news_sources;
drop function tell_of_news_source();
drop trigger feeds_news_items on news_items;
drop function tell_of_news();
drop function tell_of_news_feed();

alter table podcasts add column extras jsonb not null default '{}',
  add constraint podcasts_extras_check check (jsonb_typeof(extras) = 'object');
alter table episodes add column extras jsonb not null default '{}',
  add constraint episodes_extras_check check (jsonb_typeof(extras) = 'object');

alter table podcasts disable trigger user;
alter table episodes disable trigger user;
update podcasts set extras = jsonb_strip_nulls(jsonb_build_object(
  'chat', chat,
  'socialInteracts', nullif(social_interacts, '[]'),
  'blocks', nullif(blocks, '[]'),
  'trailers', nullif(trailers, '[]'),
  'publisher', publisher,
  'remoteItems', nullif(remote_items, '[]'),
  'lockedOwner', locked_owner,
  'images', (select jsonb_agg(jsonb_build_object(
    'url', url, 'alt', alt, 'type', type, 'purpose', purpose, 'aspectRatio', aspect_ratio, 'width', width, 'height', height)
    order by position, id) from pictures where podcast_id = podcasts.id and episode_id is null)
));
update episodes set extras = jsonb_strip_nulls(jsonb_build_object(
  'chat', chat,
  'values', nullif(payments, '[]'),
  'contentLinks', nullif(content_links, '[]'),
  'categories', nullif(categories, '[]'),
  'itunesTitle', itunes_title,
  'author', author,
  'images', (select jsonb_agg(jsonb_build_object(
    'url', url, 'alt', alt, 'type', type, 'purpose', purpose, 'aspectRatio', aspect_ratio, 'width', width, 'height', height)
    order by position, id) from pictures where episode_id = episodes.id),
  'alternateEnclosures', (select jsonb_agg(jsonb_build_object(
    'title', title, 'type', type, 'sources', sources, 'length', bytes, 'bitrate', bitrate, 'height', height, 'language', language,
    'rel', rel, 'codecs', codecs, 'isDefault', is_default,
    'integrity', case when integrity_type is not null then
      jsonb_build_object('type', integrity_type, 'value', integrity_value) end)
    order by position, id) from episode_alternates where episode_id = episodes.id)
));
alter table podcasts enable trigger user;
alter table episodes enable trigger user;
drop trigger episodes_changed on episodes;
create trigger episodes_changed after update on episodes
  for each row when (
    old.published and new.published and
    (old.lock_version, old.extras, old.imported) is distinct from (new.lock_version, new.extras, new.imported)
  ) execute function tell_of_changed_episode();

alter table episodes
  drop column author,
  drop column itunes_title,
  drop column categories,
  drop column content_links,
  drop column payments,
  drop column chat;
alter table podcasts
  drop column locked_owner,
  drop column remote_items,
  drop column publisher,
  drop column trailers,
  drop column blocks,
  drop column social_interacts,
  drop column chat;
drop table episode_alternates;
drop table pictures;
