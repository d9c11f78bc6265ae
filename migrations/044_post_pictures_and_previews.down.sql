drop table post_preview_links;
delete from uploads where subject = 'post' or kind = 'picture';
alter table uploads drop constraint uploads_kind_check, drop constraint uploads_subject_check;
alter table uploads
  add constraint uploads_kind_check
    check (kind in ('audio', 'members-audio', 'cover', 'avatar', 'logo', 'transcript', 'markers')),
  add constraint uploads_subject_check
    check (subject in ('episode', 'podcast', 'person', 'topic', 'sponsor', 'settings'));
