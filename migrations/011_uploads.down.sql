alter table topics drop column logo_url;
alter table episodes
  drop column members_audio_duration,
  drop column members_audio_bytes,
  drop column members_audio_type,
  drop column members_audio_url,
  drop column audio_tags_digest,
  drop column tag_audio,
  drop column audio_original_key,
  drop column audio_bitrate;
drop table stored_files;
drop table uploads;
