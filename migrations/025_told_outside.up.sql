-- What was imported was out elsewhere before: nobody is told that it appears.
update episodes set appeared_at = published_at
  where imported is not null and appeared_at is null and published and published_at <= now();

-- Whoever changes an episode that is out lets it be told outside: a form, an import, a finished upload and SQL by hand too.
-- Of several changes within seconds it is told once; who is told, and whether it is still out, is seen when it is.
create function tell_of_changed_episode() returns trigger language plpgsql as $$
begin
  if exists (
    select from webhook_endpoints
    where enabled and 'episode.updated' = any (events) and (podcast_id is null or podcast_id = new.podcast_id)
  ) then
    perform graphile_worker.add_job(
      'tell_of_changed_episode',
      payload => json_build_object('episodeId', new.id),
      run_at => now() + interval '10 seconds',
      max_attempts => 12,
      job_key => 'tell_of_changed_episode:' || new.id,
      job_key_mode => 'preserve_run_at'
    );
  end if;
  return null;
end
$$;

-- A version is what people can see (010). What an import keeps of a feed is new when the feed says something new.
create trigger episodes_changed after update on episodes
  for each row when (
    old.published and new.published and
    (old.lock_version, old.extras, old.imported) is distinct from (new.lock_version, new.extras, new.imported)
  ) execute function tell_of_changed_episode();

-- Chapters are rows of their own: whoever replaces them says so here.
create trigger episodes_chapters_replaced after update of chapters_digest on episodes
  for each row when (old.published and new.published) execute function tell_of_changed_episode();

alter table webhook_endpoints
  -- Since when nothing has got through; null while it does.
  add column failing_since timestamptz,
  -- When it was switched off for that.
  add column stopped_at timestamptz,
  -- Until then deliveries are signed with the secret before this one too.
  add column previous_secret text,
  add column previous_secret_until timestamptz,
  add constraint webhook_endpoints_previous_secret_check
    check ((previous_secret is null) = (previous_secret_until is null));

-- Why a subscription ended that nobody ended: what the mail server said of the address.
alter table subscriptions add column refused text;
