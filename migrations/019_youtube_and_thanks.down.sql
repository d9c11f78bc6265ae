alter table episode_guests drop column thanked_at;
alter table episodes drop column youtube_url, drop column thanks_guests;
alter table podcasts drop column youtube_template;
