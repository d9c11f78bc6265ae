drop table email_changes;
alter table people drop column time_zone;
