drop trigger episodes_lock_version on episodes;
drop trigger podcasts_lock_version on podcasts;
drop trigger sponsors_lock_version on sponsors;
drop trigger topics_lock_version on topics;
drop trigger people_lock_version on people;
drop trigger settings_lock_version on settings;
drop function count_lock_version;

alter table episodes drop column lock_version;
alter table podcasts drop column lock_version;
alter table sponsors drop column lock_version;
alter table topics drop column lock_version;
alter table people drop column lock_version;
alter table settings drop column lock_version;

drop table activities;
