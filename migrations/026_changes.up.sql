-- Whoever writes, the program or somebody in psql, tells the nodes that keep pages what they changed: the table, and in which of
-- its columns that pages are found by stood which values, before or after. A page may then be told from those it says nothing of.
--
-- '{"table": "episodes", "operation": "update", "values": {"id": ["42"], "podcast_id": ["1"], "published": ["true"]}}'
--
-- A column whose values are too many is left out, which says: any. Without "values", any row of the table.
create function tell_changes(changed_table text, operation text, seen jsonb) returns void language plpgsql as $$
declare
  most constant integer := 100;
  longest constant integer := 7900;
  notice jsonb := jsonb_build_object('table', changed_table, 'operation', lower(operation));
  whole jsonb := notice || jsonb_build_object('values', seen);
begin
  if seen is null then
    whole := notice;
  elsif octet_length(seen::text) > 1000 then
    select notice || jsonb_build_object('values', coalesce(jsonb_object_agg(key, value), '{}')) into whole
    from jsonb_each(seen) where jsonb_array_length(value) <= most;
  end if;
  perform pg_notify('showrunner_changes', case when octet_length(whole::text) > longest then notice else whole end::text);
end
$$;

-- Sets the triggers of a table, in place of those it has. Every table has them but those that hold nothing a page shows: a
-- migration that makes one, or gives one a key, calls this.
create function watch_changes(watched regclass) returns void language plpgsql as $$
declare
  bare text := (select relname from pg_class where oid = watched);
  teller text := 'tell_changes_of_' || bare;
  columns text;
  collected text;
  event text;
begin
  -- Pages are found by keys and by names, and show what is published. Of these types equal values are written alike.
  select string_agg(quote_ident(attname), ', ' order by attnum),
    'jsonb_build_object(' || string_agg(format('%L, jsonb_agg(distinct %I::text collate "C")', attname, attname), ', ' order by attnum) || ')'
  into columns, collected
  from pg_attribute
  where attrelid = watched and attnum > 0 and not attisdropped
    and atttypid in ('int8'::regtype, 'int4'::regtype, 'text'::regtype, 'uuid'::regtype, 'bool'::regtype)
    and (attname in ('slug', 'handle', 'published', 'status') or exists (
      select from pg_constraint
      where conrelid = watched and contype in ('p', 'f') and attnum = any(conkey)));

  -- A function of its own for each table, whose statements are planned once a session and not for every write.
  execute format($teller$
    create or replace function %I() returns trigger language plpgsql as $body$
    declare
      seen jsonb;
      counted bigint;
    begin
      -- A statement that changed no row fires as well.
      if tg_op = 'INSERT' then
        select count(*), %2$s into counted, seen from new_rows;
      elsif tg_op = 'DELETE' then
        select count(*), %2$s into counted, seen from old_rows;
      elsif tg_op = 'UPDATE' then
        select count(*), %2$s into counted, seen
        from (select %3$s from old_rows union all select %3$s from new_rows) changed;
      end if;
      if counted is distinct from 0 then
        perform tell_changes(tg_table_name, tg_op, seen);
      end if;
      return null;
    end
    $body$
  $teller$, teller, collected, columns);

  foreach event in array array['insert', 'update', 'delete', 'truncate'] loop
    execute format('drop trigger if exists %I on %s', 'changes_' || event, watched);
    execute format('create trigger %I after %s on %s %s for each statement execute function %I()',
      'changes_' || event, event, watched,
      case event
        when 'insert' then 'referencing new table as new_rows'
        when 'update' then 'referencing old table as old_rows new table as new_rows'
        when 'delete' then 'referencing old table as old_rows'
        else ''
      end, teller);
  end loop;
end
$$;

-- Not those of sessions, links, mails and webhooks, which no page shows, and the files that nothing points to.
select watch_changes(oid::regclass) from pg_class
where relnamespace = 'public'::regnamespace and relkind = 'r'
  and relname not in (
    'sessions', 'sign_in_links', 'email_changes', 'kept_mails', 'stored_files', 'unsubscribe_keys', 'request_links',
    'unconfirmed_requests', 'unconfirmed_subscriptions', 'subscription_mails', 'slack_events')
  and relname not like '%migrations';
