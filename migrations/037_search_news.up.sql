-- News are found as well. What is about an episode or a post of our own is found as that.
create function search.news_documents(ids bigint[]) returns setof search.document language sql stable as $$
  select i.id, null::bigint, d.d, i.headline,
    case when i.status = 'published' and i.episode_id is null and i.post_id is null then i.published_at end,
    search.vector(d.d, 'A', i.headline) || search.vector(d.d, 'B', n.named)
      || search.vector(d.d, 'D', search.without_tags(coalesce(i.story_html, i.story)))
  from news_items i, (select search.dictionary_of(language) as d from settings) d, lateral (
    select concat_ws(' ',
      (select name from news_sources where id = i.source_id), (select name from people where id = i.author_id),
      (select string_agg(name, ' ') from news_item_topics t join topics on topics.id = t.topic_id where t.news_item_id = i.id)) as named
  ) n
  where i.id = any(ids)
$$;

create trigger search_insert after insert on news_items for each row execute function search.row_changed('news');
create trigger search_update
  after update of headline, story, story_html, status, published_at, source_id, author_id, episode_id, post_id on news_items for each row
  when (row(old.headline, old.story, old.story_html, old.status, old.published_at, old.source_id, old.author_id, old.episode_id, old.post_id)
    is distinct from row(new.headline, new.story, new.story_html, new.status, new.published_at, new.source_id, new.author_id, new.episode_id, new.post_id))
  execute function search.row_changed('news');
create trigger search_delete after delete on news_items for each row execute function search.row_changed('news');
create trigger search_truncate after truncate on news_items for each statement execute function search.emptied('news');
create trigger search_insert after insert on news_item_topics referencing new table as new_rows for each statement
  execute function search.part_changed('news', 'news_item_id');
create trigger search_update after update on news_item_topics referencing old table as old_rows new table as new_rows for each statement
  execute function search.part_changed('news', 'news_item_id');
create trigger search_delete after delete on news_item_topics referencing old table as old_rows for each statement
  execute function search.part_changed('news', 'news_item_id');

create function search.news_renamed() returns trigger language plpgsql as $$
begin
  perform search.index('news', case tg_table_name
    when 'people' then array(select id from news_items where author_id = new.id)
    when 'topics' then array(select news_item_id from news_item_topics where topic_id = new.id)
    when 'news_sources' then array(select id from news_items where source_id = new.id)
    else array(select id from news_items) end);
  return null;
end
$$;

create trigger search_news_renamed after update of name on people for each row
  when (old.name is distinct from new.name) execute function search.news_renamed();
create trigger search_news_renamed after update of name on topics for each row
  when (old.name is distinct from new.name) execute function search.news_renamed();
create trigger search_news_renamed after update of name on news_sources for each row
  when (old.name is distinct from new.name) execute function search.news_renamed();
create trigger search_news_language after update of language on settings for each row
  when (old.language is distinct from new.language) execute function search.news_renamed();

create or replace function search.index_all() returns void language sql as $$
  delete from search.documents;
  select search.index('podcast', array(select id from podcasts)), search.index('episode', array(select id from episodes)),
    search.index('person', array(select id from people)), search.index('topic', array(select id from topics)),
    search.index('post', array(select id from posts)), search.index('news', array(select id from news_items));
  select search.index_spoken(array(select distinct episode_id from transcripts));
$$;

select search.index('news', array(select id from news_items));
