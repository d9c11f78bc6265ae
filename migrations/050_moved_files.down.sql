alter table imports drop column bring_pictures, drop column bring_audio;
drop table moved_files;
