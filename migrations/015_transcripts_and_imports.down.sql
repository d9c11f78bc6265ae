drop table imports;
drop table transcript_versions;
alter table transcripts drop column lock_version;
