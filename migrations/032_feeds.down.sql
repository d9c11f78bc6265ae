drop trigger feeds_posts on posts;
drop function tell_of_posts();
drop trigger feeds_live_shows on live_shows;
drop function tell_of_feed_with_show();
drop trigger feeds_podcasts_update on podcasts;
drop function tell_of_feed_of_podcast();
drop trigger feeds_episodes_delete on episodes;
drop trigger feeds_episodes_update on episodes;
drop trigger feeds_episodes_insert on episodes;
drop function tell_of_feeds_with_episodes();
drop function tell_of_feed(bigint, text);
drop table told_feeds;

alter table settings
  drop column publisher_guid,
  drop column feed_guid,
  drop column uses_podping,
  drop column websub_hubs;

update episodes set extras = extras || jsonb_build_object('txts', txts) where txts <> '[]';
update podcasts set extras = extras
  || case when podroll <> '[]' then jsonb_build_object('podroll', podroll) else '{}' end
  || case when txts <> '[]' then jsonb_build_object('txts', txts) else '{}' end
  || case when update_frequency is not null then jsonb_build_object('updateFrequency', update_frequency) else '{}' end
  || case when payments <> '[]' then jsonb_build_object('values', payments) else '{}' end;

alter table episodes drop column txts;
alter table podcasts
  drop column payments,
  drop column update_frequency,
  drop column txts,
  drop column podroll,
  drop column feed_redirects,
  drop column feed_page_size;
