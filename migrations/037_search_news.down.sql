delete from search.documents where kind = 'news';

drop trigger search_insert on news_items;
drop trigger search_update on news_items;
drop trigger search_delete on news_items;
drop trigger search_truncate on news_items;
drop trigger search_insert on news_item_topics;
drop trigger search_update on news_item_topics;
drop trigger search_delete on news_item_topics;
drop function search.news_renamed() cascade;

create or replace function search.index_all() returns void language sql as $$
  delete from search.documents;
  select search.index('podcast', array(select id from podcasts)), search.index('episode', array(select id from episodes)),
    search.index('person', array(select id from people)), search.index('topic', array(select id from topics)),
    search.index('post', array(select id from posts));
  select search.index_spoken(array(select distinct episode_id from transcripts));
$$;

drop function search.news_documents(bigint[]);
