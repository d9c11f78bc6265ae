do $$
declare
  teller regprocedure;
begin
  -- Their triggers go with them.
  for teller in
    select oid::regprocedure from pg_proc
    where pronamespace = 'public'::regnamespace and proname like 'tell\_changes\_of\_%'
  loop
    execute format('drop function %s cascade', teller);
  end loop;
end
$$;
drop function watch_changes(regclass);
drop function tell_changes(text, text, jsonb);
