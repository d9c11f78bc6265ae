alter table sessions drop column masquerading_as_id, drop column masquerade_ends_at;
drop table person_handles;
