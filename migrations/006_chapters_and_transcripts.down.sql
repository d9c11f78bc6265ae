drop table transcript_cues;
drop table transcripts;
drop table chapters;
